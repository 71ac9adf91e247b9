"""A search of one of the sources that can be searched."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.http.service import WebService
from assistant.sources import arxiv, hugging_face_papers
from assistant.sources.arxiv_query import arxiv_query
from assistant.sources.searches.result_page import Page
from assistant.sources.services import ARXIV, HUGGING_FACE

_SEARCHED = {source.key: source for source in (ARXIV, HUGGING_FACE)}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and where.

    Attributes:
        source: the source that is asked.
        query: as that source takes it.
        limit: how many results are wanted at most.
    """

    source: WebService
    query: str
    limit: int

    def __post_init__(self) -> None:
        """Raise `InputError` for a search that its source would not understand."""
        if not self.query.strip():
            raise InputError("The search is empty. Write what the papers are about.")
        if self.limit < 1:
            raise InputError("A search wants at least one result. Give --max a number above 0.")
        if self.source == ARXIV:
            arxiv_query(self.query)


def searched_source(key: str) -> WebService:
    """Return the source with a key that can be searched.

    Raises:
        InputError: there is none.
    """
    if key not in _SEARCHED:
        raise InputError(f"{key!r} cannot be searched. Name one of {', '.join(_SEARCHED)}.")
    return _SEARCHED[key]


def result_pages(search: Search, start: int = 0, *, newest_first: bool = False) -> Iterator[Page]:
    """Yield the results of a search, some at a time, each asked for when it is wanted.

    Args:
        search: what is looked for.
        start: how many results to leave out.
        newest_first: whether the latest come first, if the source can; else those that fit best.

    Raises:
        NetworkError: the source is out of reach, or gives no usable answer.
        InputError: it does not understand the query.
    """
    if search.source == HUGGING_FACE:
        if start == 0:
            yield hugging_face_papers.search(search.query, search.limit)
        return
    while start < search.limit:
        page = arxiv.search(search.query, start, search.limit - start, newest_first=newest_first)
        yield page
        start += page.count
        if page.count == 0 or (page.found is not None and start >= page.found):
            return
