"""``assistant ask``: answer a question."""

import sys
import threading
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from assistant.cli.terminal.open import check_model, open_assistant, print_missing_features
from assistant.cli.terminal.options import (
    EndpointOption,
    JsonOption,
    LibraryOption,
    ModelOption,
    SetOption,
    folder_from,
    names_of_changes,
    settings_from,
)
from assistant.cli.terminal.output import print_answer, print_json
from assistant.errors import Cancelled, InputError

if TYPE_CHECKING:
    from assistant.answering import Answer, AnswerEvent


class Format(StrEnum):
    """The format of a printed answer."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question.")],
    library: LibraryOption = None,
    model: ModelOption = None,
    endpoint: EndpointOption = None,
    changes: SetOption = None,
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="Plain text (the default), Markdown or JSON."),
    ] = None,
    as_json: JsonOption = False,
    server: Annotated[
        bool,
        typer.Option(
            "--server/--no-server",
            help="Ask a running `assistant serve` of the library, which answers sooner.",
        ),
    ] = True,
) -> None:
    """Answer a question about the papers, and cite the sources.

    Example:
        $ assistant ask "How well do parrots count?"
        Half of the birds reach an accuracy of 93 percent. [1]

        [1] Teaching Parrots to Count (https://arxiv.org/abs/1901.00001)
            "Half of the birds reach an accuracy of 93 percent on WalnutBench."
    """
    chosen = _format(as_format, as_json)
    settings = settings_from(changes, model, endpoint)
    # A server has the settings that it was started with.
    if (
        server
        and not names_of_changes(changes, model, endpoint)
        and _ask_server(library, question, chosen)
    ):
        return
    check_model(settings)
    with open_assistant(library, settings) as assistant:
        stop = threading.Event()
        _print(assistant.stream(question, stop=stop), stop, chosen)
        print_missing_features(assistant)


def _ask_server(library: Path | None, question: str, chosen: Format) -> bool:
    """Print the answer of a running server; return False if none runs."""
    from assistant.server.resident.client import ask_server, server_of

    folder = folder_from(library)
    running = server_of(folder)
    if running is None:
        return False
    stop = threading.Event()
    _print(ask_server(running, folder, question, stop), stop, chosen)
    return True


def _print(events: "Iterator[AnswerEvent]", stop: threading.Event, chosen: Format) -> None:
    """Print the answer at the end of its events; in a terminal, while it is generated."""
    if chosen is Format.TEXT and sys.stdout.isatty():
        from assistant.cli.terminal.live_answer import show_live

        try:
            print_answer(show_live(events, stop))
        except Cancelled as cancelled:
            raise KeyboardInterrupt from cancelled
        return
    *_, last = events
    answer = cast("Answer", last)  # a stream ends with its answer
    match chosen:
        case Format.TEXT:
            print_answer(answer)
        case Format.JSON:
            print_json(answer.to_dict())
        case Format.MD:
            from assistant.answering.rendering.markdown import answer_markdown

            typer.echo(answer_markdown(answer), nl=False)


def _format(given: Format | None, as_json: bool) -> Format:
    if as_json and given not in (None, Format.JSON):
        raise InputError(f"--json and --format {given} exclude each other. Use only one of them.")
    return Format.JSON if as_json else given or Format.TEXT
