"""``assistant ask``: answer a question."""

import sys
import threading
from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.terminal.open import check_model, open_assistant
from assistant.cli.terminal.options import (
    JsonOption,
    LibraryOption,
    ModelOption,
    SetOption,
    settings_from,
)
from assistant.cli.terminal.output import print_answer, print_json
from assistant.errors import Cancelled, InputError


class Format(StrEnum):
    """The format of a printed answer."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question.")],
    library: LibraryOption = None,
    model: ModelOption = None,
    changes: SetOption = None,
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="Plain text (the default), Markdown or JSON."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question about the papers, and cite the sources.

    Example:
        $ assistant ask "How well do parrots count?"
        Half of the birds reach an accuracy of 93 percent. [1]

        [1] Teaching Parrots to Count (https://arxiv.org/abs/1901.00001)
            "Half of the birds reach an accuracy of 93 percent on WalnutBench."
    """
    chosen = _format(as_format, as_json)
    settings = settings_from(changes, model)
    check_model(settings)
    with open_assistant(library, settings) as assistant:
        if chosen is Format.TEXT and sys.stdout.isatty():
            from assistant.cli.terminal.live_answer import show_live

            stop = threading.Event()
            try:
                print_answer(show_live(assistant.stream(question, stop=stop), stop))
            except Cancelled as cancelled:
                raise KeyboardInterrupt from cancelled
            return
        answer = assistant.ask(question)
        match chosen:
            case Format.TEXT:
                print_answer(answer)
            case Format.JSON:
                print_json(answer.to_dict())
            case Format.MD:
                from assistant.answering.markdown import answer_markdown

                typer.echo(answer_markdown(answer), nl=False)


def _format(given: Format | None, as_json: bool) -> Format:
    if as_json and given not in (None, Format.JSON):
        raise InputError(f"--json and --format {given} exclude each other. Use only one of them.")
    return Format.JSON if as_json else given or Format.TEXT
