"""``assistant ask``: a question in, a cited answer out."""

import sys
import threading
from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import (
    JsonOption,
    LibraryOption,
    ModelOption,
    SetOption,
    settings_from,
)
from assistant.cli.terminal.output import print_answer, print_json
from assistant.errors import Cancelled, InputError
from assistant.models import locate


class Format(StrEnum):
    """What an answer is printed as."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In plain words.")],
    library: LibraryOption = None,
    model: ModelOption = None,
    changes: SetOption = None,
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="Text for reading (the default), Markdown for notes, JSON."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question about the papers, with its sources.

    Example:
        $ assistant ask "How well do parrots count?"
        Half of the birds reach an accuracy of 93 percent. [1]

        [1] Teaching Parrots to Count (https://arxiv.org/abs/1901.00001)
            "Half of the birds reach an accuracy of 93 percent on WalnutBench."
    """
    chosen = _format(as_format, as_json)
    settings = settings_from(changes, model)
    locate(settings.model)  # a model that is not here is told before papers are indexed
    with open_assistant(library, settings) as assistant:
        if chosen is Format.TEXT and sys.stdout.isatty():
            from assistant.cli.terminal.live_answer import watch

            stop = threading.Event()
            try:
                print_answer(watch(assistant.stream(question, stop=stop), stop))
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
        raise InputError(f"--json and --format {given} exclude each other. Give one of them.")
    return Format.JSON if as_json else given or Format.TEXT
