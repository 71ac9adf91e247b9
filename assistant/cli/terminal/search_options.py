"""Options and progress of the commands that search arXiv and Hugging Face Papers."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.terminal.output import print_note, progress_bar

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.sources import Search, SearchProgress, SearchReport

DEFAULT_MAX = 100

ArxivOption = Annotated[
    str | None,
    typer.Option(
        "--arxiv",
        metavar="QUERY",
        help='Search arXiv over the network, such as "cat:cs.CL AND training scheme".',
    ),
]
HuggingFaceOption = Annotated[
    str | None,
    typer.Option(
        "--hf-papers",
        metavar="QUERY",
        help="Search Hugging Face Papers over the network. It returns at most 120 results.",
    ),
]
MaxOption = Annotated[
    int, typer.Option("--max", metavar="N", min=1, help="Maximum number of results per search.")
]


def searches_from(arxiv: str | None, hugging_face: str | None, limit: int) -> list["Search"]:
    """Return the searches selected by the options.

    Raises:
        InputError: a search is empty.
    """
    from assistant.sources import ARXIV, HUGGING_FACE, Search

    queries = ((ARXIV, arxiv), (HUGGING_FACE, hugging_face))
    return [Search(source, query, limit) for source, query in queries if query is not None]


def add_results(
    library: "Library", search: "Search", *, newest_first: bool = False
) -> "SearchReport":
    """Add the results of a search to a library, printing its progress on standard error.

    Args:
        library: the library.
        search: the search.
        newest_first: whether to fetch the newest results first.
    """
    from assistant.sources import add_search

    def print_progress(progress: "SearchProgress") -> None:
        print_note(f"{search.source.name}: {progress.fetched} of {progress.wanted} results")

    with progress_bar("Indexing papers") as on_progress:
        return add_search(
            library,
            search,
            newest_first=newest_first,
            on_progress=on_progress,
            on_search=print_progress,
        )
