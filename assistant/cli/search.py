"""``assistant search``: rank papers for a question, without the language model."""

from typing import Annotated

import typer

from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.terminal.output import print_json, stdout_console


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A question or a few words.")],
    count: Annotated[
        int | None, typer.Option("-k", metavar="N", min=1, help="Number of papers.")
    ] = None,
    library: LibraryOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank the papers for a question, and show the best sentence of each.

    Example:
        $ assistant search "counting birds" -k 2
        1. Teaching Parrots to Count (arxiv:1901.00001)
           "Six parrots learn to count walnuts up to eight."
        2. Glacier Melt Seen from Balloons (title:5be1f0f0c1a2)
           "We tie cameras to weather balloons and follow 14 glaciers in Norway."
    """
    from assistant.answering.found_papers import find_papers

    with open_assistant(library, settings_from(changes)) as assistant:
        papers = find_papers(assistant, query, count)
    if as_json:
        print_json({"question": query, "papers": [found.to_dict() for found in papers]})
        return
    for rank, found in enumerate(papers, start=1):
        stdout_console().print(f"{rank}. {found.paper.title} ({found.paper.id})")
        if found.best:
            stdout_console().print(f'   "{found.best.text}"')
