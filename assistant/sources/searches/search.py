"""Searches of web services."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.http.service import WebService
from assistant.sources import arxiv, hugging_face_papers
from assistant.sources.arxiv_query import arxiv_query
from assistant.sources.searches.result_page import ResultPage
from assistant.sources.services import ARXIV, HUGGING_FACE

_SEARCHABLE = {source.key: source for source in (ARXIV, HUGGING_FACE)}


@dataclass(frozen=True, slots=True)
class Search:
    """A search of a web service.

    Attributes:
        source: the service.
        query: the query, in the service's query language.
        limit: maximum number of results.
    """

    source: WebService
    query: str
    limit: int

    def __post_init__(self) -> None:
        """Raise `InputError` for a search that the service would reject."""
        if not self.query.strip():
            raise InputError("The search is empty. Describe what the papers are about.")
        if self.limit < 1:
            raise InputError("A search needs at least one result. Set --max to a number above 0.")
        if self.source == ARXIV:
            arxiv_query(self.query)


def searchable_source(key: str) -> WebService:
    """Return the searchable service with a key.

    Raises:
        InputError: there is none.
    """
    if key not in _SEARCHABLE:
        raise InputError(f"{key!r} cannot be searched. Choose one of {', '.join(_SEARCHABLE)}.")
    return _SEARCHABLE[key]


def result_pages(
    search: Search, start: int = 0, *, newest_first: bool = False
) -> Iterator[ResultPage]:
    """Yield the results of a search page by page; each page is requested when it is needed.

    Args:
        search: the search.
        start: number of results to skip.
        newest_first: whether to sort by date, if the service can; otherwise by relevance.

    Raises:
        NetworkError: the service is unreachable, or its response cannot be used.
        InputError: the service rejects the query.
    """
    if search.source == HUGGING_FACE:
        if start == 0:
            yield hugging_face_papers.search(search.query, search.limit)
        return
    while start < search.limit:
        page = arxiv.search(search.query, start, search.limit - start, newest_first=newest_first)
        yield page
        start += page.count
        if page.count == 0 or (page.total is not None and start >= page.total):
            return
