"""``python -m eval.peers``: ours, LangChain and LlamaIndex answer the same questions; one table."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from assistant.cli.eval.output import bars
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
    ask_in_turns,
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
        typer.Option(min=1, metavar="N", help="Ask only N questions, the kinds in turn."),
    ] = None,
    warm: Annotated[
        bool,
        typer.Option(
            "--warm", help="Let our model read all papers ahead; else it has no reading cache."
        ),
    ] = False,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the table into this file too.")
    ] = None,
    model: ModelOption = None,
    changes: SetOption = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew, whatever answers are in the folder.")
    ] = False,
) -> None:
    """Ask ours and the peers the same questions in turns; a run that was cut goes on.

    Example:
        $ python -m eval.peers --questions sample --limit 60 --warm --markdown peers.md
    """
    for recipe in _RECIPES:
        package_versions(recipe)  # what is not installed is told before anything is read
    # What ours reads for later would compute while a peer answers: it reads all ahead, or nothing.
    cache = [] if warm else ["reading_cache_mb=0"]
    settings = settings_from([*(changes or ()), *cache], model)
    known = load_questions(questions)
    if abstracts_of(known):
        raise InputError(f"The peers answer from a library: {questions} brings its own abstracts.")
    if restart:
        _forget(out)
    with (
        open_assistant(library, settings) as assistant,
        TemporaryDirectory() as folder,
        bars() as bar,
    ):
        if warm:
            assistant.read(bar("Reading"))
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
        systems = [ours, *(peer_system(recipe, parts, ours.manifest) for recipe in _RECIPES)]
        runs = ask_in_turns(systems, select(known, limit=limit), out, bar("Answering"))
    table = peers_table(runs[0], runs[1:])
    typer.echo(table)
    if markdown:
        markdown.write_text(table, encoding="utf-8")
        print_note(f"Table: {markdown}")


def _forget(folder: Path) -> None:
    for name in ("assistant", *(recipe.name for recipe in _RECIPES)):
        path = predictions_path(folder, name)
        path.unlink(missing_ok=True)
        manifest_path(path).unlink(missing_ok=True)


if __name__ == "__main__":
    raise SystemExit(run(peers))
