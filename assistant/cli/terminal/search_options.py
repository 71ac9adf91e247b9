"""What the commands that search the network share: their options, and how it is going."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.terminal.output import indexing, print_note

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.sources import Search, SearchProgress, SearchReport

DEFAULT_MAX = 100

ArxivOption = Annotated[
    str | None,
    typer.Option(
        "--arxiv",
        metavar="QUERY",
        help='Search arXiv, as "cat:cs.CL AND training scheme". Goes over the network.',
    ),
]
HuggingFaceOption = Annotated[
    str | None,
    typer.Option(
        "--hf-papers",
        metavar="QUERY",
        help="Search Hugging Face Papers, which gives up to 120 results. Goes over the network.",
    ),
]
MaxOption = Annotated[
    int, typer.Option("--max", metavar="N", min=1, help="How many results of a search.")
]


def searches_from(arxiv: str | None, hugging_face: str | None, limit: int) -> list["Search"]:
    """Return the searches that the options ask for.

    Raises:
        InputError: a search is empty.
    """
    from assistant.sources import ARXIV, HUGGING_FACE, Search

    queries = ((ARXIV, arxiv), (HUGGING_FACE, hugging_face))
    return [Search(source, query, limit) for source, query in queries if query is not None]


def add_results(
    library: "Library", search: "Search", *, newest_first: bool = False
) -> "SearchReport":
    """Add the results of a search, telling on standard error how it is going."""
    from assistant.sources import add_search

    def tell(progress: "SearchProgress") -> None:
        print_note(f"{search.source.name}: {progress.fetched} of {progress.wanted} results")

    with indexing() as on_progress:
        return add_search(
            library, search, newest_first=newest_first, on_progress=on_progress, on_search=tell
        )
