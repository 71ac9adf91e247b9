"""The state of the results table: its filter, order and page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.library.results import Result
from assistant.library.results.find import Order, ordered, with_words

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ResultsQuery:
    """A selection of results, their order and a page of them.

    Attributes:
        words: words that the results must contain; empty for all results.
        order: the sort order; None for the order of the papers.
        reverse: whether the order is reversed.
        page: the page number, from 1.
    """

    words: str = ""
    order: Order | None = None
    reverse: bool = False
    page: int = 1

    def sorted_by(self, order: Order) -> "ResultsQuery":
        """Return the query after a click on a heading: sorted, then reversed, then unsorted."""
        if self.order != order:
            return replace(self, order=order, reverse=False, page=1)
        if not self.reverse:
            return replace(self, reverse=True, page=1)
        return replace(self, order=None, reverse=False, page=1)

    def apply(self, results: Sequence[Result]) -> list[Result]:
        """Return the selected results in order, on all pages.

        Raises:
            InputError: there are none.
        """
        found = with_words(results, self.words) if self.words.strip() else list(results)
        return ordered(found, self.order, reverse=self.reverse) if self.order else found
