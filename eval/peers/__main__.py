"""``python -m eval.peers``: compare the assistant with LangChain and LlamaIndex in a table."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from assistant.cli.eval.output import progress_bars
from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import LibraryOption, ModelOption, SetOption, settings_from
from assistant.cli.terminal.output import print_note
from assistant.cores import cores
from assistant.errors import InputError
from assistant.evaluation import abstracts_of, load_questions, question_name, select
from assistant.evaluation.manifest import manifest_path
from assistant.models import locate
from eval.command import run
from eval.peers.langchain_recipe import LANGCHAIN
from eval.peers.llamaindex_recipe import LLAMAINDEX
from eval.peers.recipe import Parts
from eval.peers.systems import (
    FLOOR,
    ask_in_turns,
    floor_system,
    our_system,
    package_versions,
    peer_system,
    predictions_path,
)
from eval.peers.table import peers_table

_RECIPES = (LANGCHAIN, LLAMAINDEX)


def peers(
    questions: Annotated[
        str, typer.Option(metavar="FILE", help="A JSON Lines file, or the name of a shipped set.")
    ] = "sample",
    library: LibraryOption = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the answers of each system.")
    ] = Path("build/peers"),
    limit: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Ask only N questions, taken from the kinds in turn."
        ),
    ] = None,
    warm: Annotated[
        bool,
        typer.Option("--warm", help="Fill the reading cache first; by default it is switched off."),
    ] = False,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the table to this file.")
    ] = None,
    model: ModelOption = None,
    changes: SetOption = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Discard the answers that are already in the folder.")
    ] = False,
) -> None:
    """Ask the assistant and the peers the same questions in turns. An interrupted run resumes.

    Example:
        $ python -m eval.peers --questions sample --limit 60 --warm --markdown peers.md
    """
    for recipe in _RECIPES:
        package_versions(recipe)  # raises at once if a package is missing
    # The assistant reads papers in the background, which would slow down the peers. So the cache is
    # either filled first or switched off.
    cache = [] if warm else ["reading_cache_mb=0"]
    settings = settings_from([*(changes or ()), *cache], model)
    all_questions = load_questions(questions)
    if abstracts_of(all_questions):
        raise InputError(f"The peers answer from a library, but {questions} includes abstracts.")
    if restart:
        _delete_answers(out)
    with (
        open_assistant(library, settings) as assistant,
        TemporaryDirectory() as folder,
        progress_bars() as new_bar,
    ):
        if warm:
            assistant.read(new_bar("Reading papers"))
        ours = our_system(assistant, question_name(questions))
        parts = Parts(
            papers=assistant.papers(),
            embedder=locate(settings.embedder),
            model=locate(settings.model),
            threads=settings.threads or cores(),
            context_tokens=settings.context_tokens,
            max_answer_tokens=settings.max_answer_tokens,
            folder=Path(folder),
        )
        floor = floor_system(assistant, question_name(questions))
        systems = [ours, floor, *(peer_system(recipe, parts, ours.manifest) for recipe in _RECIPES)]
        runs = ask_in_turns(systems, select(all_questions, limit=limit), out, new_bar("Answering"))
    table = peers_table(runs[0], runs[1:])
    typer.echo(table)
    if markdown:
        markdown.write_text(table, encoding="utf-8")
        print_note(f"Table: {markdown}")


def _delete_answers(folder: Path) -> None:
    for name in ("assistant", FLOOR, *(recipe.name for recipe in _RECIPES)):
        path = predictions_path(folder, name)
        path.unlink(missing_ok=True)
        manifest_path(path).unlink(missing_ok=True)


if __name__ == "__main__":
    raise SystemExit(run(peers))
