"""A page of search results."""

from dataclasses import dataclass

from assistant.papers import Record


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of the results of a search.

    Attributes:
        records: the papers, and the reason for each result without one.
        count: number of results on the page.
        total: number of results of the search; None if the service does not report it.
    """

    records: tuple[Record, ...]
    count: int
    total: int | None = None
