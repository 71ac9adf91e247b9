"""``assistant ask``: a question in, a cited answer out."""

import sys
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import JsonOption, LibraryOption, ModelOption, SetOption, settings_from
from assistant.cli.show import print_answer, print_json
from assistant.models import locate


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In plain words.")],
    library: LibraryOption = None,
    model: ModelOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question about the papers, with its sources.

    Example:
        $ assistant ask "How well do parrots count?"
        Half of the birds reach an accuracy of 93 percent. [1]

        [1] Teaching Parrots to Count (https://arxiv.org/abs/1901.00001)
            "Half of the birds reach an accuracy of 93 percent on WalnutBench."
    """
    settings = settings_from(changes, model)
    locate(settings.model)  # a model that is not here is told before papers are indexed
    with open_assistant(library, settings) as assistant:
        if as_json:
            print_json(assistant.ask(question).to_dict())
        elif sys.stdout.isatty():
            from assistant.cli.live_answer import watch

            print_answer(watch(assistant.stream(question)))
        else:
            print_answer(assistant.ask(question))
