"""Finds misplaced numbers: the abstract makes the same statement with another number.

For example, the abstract says "At the start, 52% owned an oven. Over the years, 80% bought an oven
at least once." The sentence says "52% bought an oven at least once."
"""

from collections.abc import Sequence

from assistant.answering.grounding.numbers import missing_numbers
from assistant.text.quantities import find_quantities
from assistant.text.quantities.units import BARE
from assistant.text.words import content_stems

# Minimum share of the sentence's words in the other one, and minimum lead over the cited ones. With
# these values, the rule fires once in 460 stored sentences with a number, correctly.
_MIN_SHARE = 0.8
_MIN_LEAD = 0.3
# A sentence with fewer content words may match any other.
_MIN_WORDS = 4


def has_misplaced_number(text: str, cited: Sequence[str], other: str) -> bool:
    """Return whether another sentence makes the same statement with another number.

    The other sentence has to match far more of the words than the cited ones do. Numbers are
    compared as in `has_other_number`.

    Args:
        text: the sentence.
        cited: the sentences that it cites, each with the title of its paper.
        other: another sentence of the same abstract.
    """
    numbers = [number.written for number in find_quantities(text) if number.explicit]
    words = content_stems(text) - content_stems(" ".join(numbers))
    if len(words) < _MIN_WORDS or not has_other_number(text, other):
        return False

    def share(sentence: str) -> float:
        return len(words & content_stems(sentence)) / len(words)

    best_cited = max(map(share, cited), default=0.0)
    return share(other) >= _MIN_SHARE and share(other) - best_cited >= _MIN_LEAD


def has_other_number(text: str, other: str) -> bool:
    """Return whether two texts have different numbers of the same dimension, such as 12% and 15%.

    Only numbers with an explicit unit are compared.
    """
    return bool(_dimensions_of_missing(text, other) & _dimensions_of_missing(other, text))


def _dimensions_of_missing(text: str, other: str) -> frozenset[str]:
    """Return the dimensions of the numbers with a unit that one text has and the other lacks."""
    missing = missing_numbers(text, [other])
    return frozenset(
        dimension
        for number in find_quantities(text)
        if number.explicit and number.written in missing
        for dimension in number.dimensions - {BARE}
    )
