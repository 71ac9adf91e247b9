"""Conditions on the number of authors: "exactly three authors", "more than five authors"."""

import math
import re
from dataclasses import dataclass

from assistant.answering.question.number_filter import parse_number_condition
from assistant.text.quantities import find_quantities

# Comparisons that exclude the number itself, unless they are negated ("no more than three").
_STRICT = re.compile(
    r"(?<!\bno )(?<!\bnot )\b(?:\w+ than|over|above|beyond|under|below|exceed\w*)\b|[<>](?!=)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AuthorCount:
    """A range of numbers of authors, both ends included."""

    minimum: int
    maximum: float

    def __contains__(self, count: int) -> bool:
        return self.minimum <= count <= self.maximum

    def __str__(self) -> str:
        if self.minimum == self.maximum == 1:
            return "with a single author"
        if self.minimum == self.maximum:
            return f"with {self.minimum} authors"
        if self.maximum == math.inf:
            return f"with at least {self.minimum} author{'s' if self.minimum != 1 else ''}"
        if self.minimum <= 1:
            return f"with at most {self.maximum} author{'s' if self.maximum != 1 else ''}"
        return f"with {self.minimum} to {self.maximum} authors"


SINGLE_AUTHOR = AuthorCount(1, 1)


def author_count_in(text: str) -> AuthorCount | None:
    """Return the condition on the number of authors in a text; None if it has no number.

    Papers whose authors are not known meet none.

    Args:
        text: of a question, without its years.
    """
    if condition := parse_number_condition(text):
        strict = _STRICT.search(text) is not None
        lowest = max(1.0, condition.minimum)
        if condition.maximum == math.inf:
            return AuthorCount(int(lowest) + strict, math.inf)
        has_minimum = condition.minimum > 0
        return AuthorCount(int(lowest), int(condition.maximum) - (strict and not has_minimum))
    numbers = [one for one in find_quantities(text) if one.explicit]
    if not numbers:
        return None
    count = int(min(one.amount for one in numbers[0].interpretations))
    return AuthorCount(count, count)
