"""Conditions on numbers in a question about the collection: "a speed-up over 1.5x"."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

# A paper that says ">1.5x" is meant by "over 1.5x", so the limit itself counts either way.
_COMPARED: tuple[tuple[str, Callable[[float, float], bool]], ...] = (
    (
        r"(?:over|above|beyond|exceed(?:s|ing)?|at least|(?:no less|more|greater|larger|higher|"
        r"bigger|better|faster|longer) than|>=?|≥)",
        operator.ge,
    ),
    (
        r"(?:under|below|within|at most|up to|(?:no more|less|fewer|smaller|lower|shorter|cheaper)"
        r" than|<=?|≤)",
        operator.le,
    ),
)
# What comes behind a number, and what kind of number that makes it; scales are worth a factor.
_UNITS = {
    "x": ("times", 1.0),
    "×": ("times", 1.0),
    "times": ("times", 1.0),
    "fold": ("times", 1.0),
    "%": ("percent", 1.0),
    "percent": ("percent", 1.0),
    "k": ("amount", 1e3),
    "thousand": ("amount", 1e3),
    "m": ("amount", 1e6),
    "million": ("amount", 1e6),
    "b": ("amount", 1e9),
    "billion": ("amount", 1e9),
    "t": ("amount", 1e12),
    "trillion": ("amount", 1e12),
}
_VALUE = (
    r"(?<![\d.])(\d+(?:,\d{3})*(?:\.\d+)?)"
    rf"(?:[\s-]?({'|'.join(map(re.escape, _UNITS))})(?![^\W_]))?(?![\d])"
)
_NUMBER = re.compile(_VALUE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberCondition:
    """A number that a sentence must have.

    Attributes:
        kind: of number: "times", "percent", "amount" (of millions and the like), or any other.
        limit: what it is compared with.
        holds: the comparison.
    """

    kind: str
    limit: float
    holds: Callable[[float, float], bool]

    def within(self, sentence: str) -> bool:
        """Tell whether a sentence has such a number."""
        return any(
            kind == self.kind and self.holds(value, self.limit)
            for kind, value in map(_read, _NUMBER.finditer(sentence))
        )


def number_condition(criterion: str) -> NumberCondition | None:
    """Return the condition on a number in what a question says of papers; None if it has none."""
    for words, holds in _COMPARED:
        found = re.search(rf"(?<!\w){words}\s*(?:a |an |about |around )?{_VALUE}", criterion, re.I)
        if found:
            kind, limit = _read(found)
            return NumberCondition(kind, limit, holds)
    return None


def _read(match: re.Match[str]) -> tuple[str, float]:
    """Return the kind and the value of a number that was found."""
    kind, scale = _UNITS[match[2].lower()] if match[2] else ("", 1.0)
    return kind, float(match[1].replace(",", "")) * scale
