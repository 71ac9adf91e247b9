"""What a source answers to a search: the results, some at a time."""

from dataclasses import dataclass

from assistant.papers import Record


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the results of a search.

    Attributes:
        records: the papers, and for a result without one the reason.
        count: how many results they come from.
        found: how many the source has in all; None if it does not say.
    """

    records: tuple[Record, ...]
    count: int
    found: int | None = None
