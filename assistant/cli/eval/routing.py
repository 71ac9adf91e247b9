"""``assistant eval routing``: how often questions are planned as the right kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval.output import print_routing, progress_bars
from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.terminal.output import print_json

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.evaluation import Question
    from assistant.settings import Settings

_DEFAULT_SETS = ("broad", "sample")


class Split(StrEnum):
    """A half of a question set."""

    DEV = "dev"
    TEST = "test"


def routing(
    questions: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="A JSON Lines file, or the name of a shipped set. Can be repeated; default: "
            f"{' and '.join(_DEFAULT_SETS)}.",
        ),
    ] = None,
    library: LibraryOption = None,
    split: Annotated[
        Split | None,
        typer.Option(help="Only one half of sets such as broad and metadata; default: both."),
    ] = None,
    held_out: Annotated[
        bool,
        typer.Option("--held-out", help="Only questions that the classifier is not fitted on."),
    ] = False,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count the questions that are planned as the right kind, without answering them.

    The language model is loaded only to translate questions in other languages.

    Example:
        $ assistant eval routing --questions broad --split dev
        $ assistant eval routing --questions sample --questions own-words --held-out
    """
    settings = settings_from(changes)
    from assistant.evaluation import load_questions, question_name
    from assistant.evaluation.routing import measure_routing, select_questions

    selected: list[tuple[str, list[Question]]] = []
    for one in questions or _DEFAULT_SETS:
        name = Path(question_name(one)).stem
        half = split.value if split else ""
        of_set = select_questions(load_questions(one), name, split=half, held_out=held_out)
        selected.append((name, of_set))
    found = []
    with progress_bars() as new_bar:
        for name, of_set in selected:
            with _assistant_for(of_set, library, settings) as assistant:
                found.append(measure_routing(assistant, of_set, name, new_bar(f"Planning, {name}")))
    if as_json:
        print_json([one.to_dict() for one in found])
    else:
        print_routing(found)


@contextmanager
def _assistant_for(
    questions: "list[Question]", library: Path | None, settings: "Settings"
) -> "Iterator[Assistant]":
    """Yield an assistant over the library, or over the abstracts that the questions include."""
    from assistant.evaluation import abstracts_of

    abstracts = abstracts_of(questions)
    if not abstracts:
        with open_assistant(library, settings) as assistant:
            yield assistant
        return
    with (
        TemporaryDirectory() as folder,
        open_assistant(Path(folder), settings, samples=False) as assistant,
    ):
        assistant.library.add(abstracts)
        yield assistant
