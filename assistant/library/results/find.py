"""Select and order results."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, get_args

from assistant.errors import InputError
from assistant.library.results.result import Result
from assistant.text.folding import folded
from assistant.text.words import content_stems

Order = Literal["paper", "value", "unit", "measures", "data-set"]
ORDERS: tuple[Order, ...] = get_args(Order)

_KEYS: Mapping[Order, Callable[[Result], Any]] = {
    "paper": lambda one: one.paper.title.casefold(),
    # Amounts are comparable only within one dimension. The largest come first.
    "value": lambda one: (not one.dimension, one.dimension, -one.amount),
    "unit": lambda one: (not one.dimension, one.dimension, one.unit),
    "measures": lambda one: (not one.measures, one.measures.casefold()),
    "data-set": lambda one: (not one.data_set, one.data_set.casefold()),
}


def with_words(results: Sequence[Result], words: str) -> list[Result]:
    """Return the results that match all words of a search; a word may be a prefix.

    They are looked up in the value, what it measures, its data set and method, the sentence, and
    the title of the paper, by stem, ignoring case and accents.

    Raises:
        InputError: the search has only words such as "the", or none of the results matches.
    """
    wanted = content_stems(folded(words))
    if not wanted:
        raise InputError(f"{words!r} has no words to search for. Name what is measured.")
    found = [
        one
        for one in results
        if all(any(stem.startswith(start) for stem in _stems(one)) for start in wanted)
    ]
    if not found:
        raise InputError(f"No reported number has the words {words!r}. Try fewer or other words.")
    return found


@lru_cache(maxsize=50_000)
def _stems(result: Result) -> frozenset[str]:
    texts = (
        *(result.value, result.dimension, result.measures, result.data_set, result.method),
        *(result.quote, result.paper.title),
    )
    return content_stems(folded("\n".join(texts)))


def ordered(results: Sequence[Result], order: Order, *, reverse: bool = False) -> list[Result]:
    """Return results in an order. The sort is stable."""
    return sorted(results, key=_KEYS[order], reverse=reverse)
