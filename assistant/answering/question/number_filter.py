"""Number conditions in questions about the collection: "a speed-up over 1.5x".

Design notes: docs/design/collection-questions.md
"""

import math
import re
from dataclasses import dataclass
from itertools import zip_longest

from assistant.text.quantities import Quantity, find_quantities
from assistant.text.quantities.digits import SCALES
from assistant.text.quantities.units import BARE, COUNT, PERCENT, POINTS, RATIO, TIMES
from assistant.text.words import content_stems

_MORE = r"(?:more|greater|larger|higher|bigger|better|faster|longer|older)"
_LESS = r"(?:less|fewer|smaller|lower|shorter|cheaper)"
_ROUGHLY = r"\s*(?:(?:a|an|about|around|roughly|some|factors? of)\s+)*\Z"
# Comparisons before a number: "at least three", "fewer than 100 tasks".
_ABOVE = re.compile(
    rf"(?:\b(?:at least|over|above|beyond|exceed(?:s|ing)?|{_MORE} than)|>=?|≥){_ROUGHLY}",
    re.IGNORECASE,
)
_BELOW = re.compile(
    rf"(?:\b(?:at most|up to|under|below|within|{_LESS} than)|<=?|≤){_ROUGHLY}", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:no|not|never)\s+\Z", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween{_ROUGHLY}", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom{_ROUGHLY}", re.IGNORECASE)
_AND = re.compile(r"\band\s*\Z", re.IGNORECASE)
_TO = re.compile(r"\bto\s*\Z", re.IGNORECASE)
_OR = r"[^\s,.;:()]*(?:\s[^\s,.;:()]+){0,3}? or "
# Comparisons after a number: "three or more", "100 tasks or fewer".
_OR_ABOVE = re.compile(rf"{_OR}(?:{_MORE}|above|over)\b(?!\s+than\b)|\+", re.IGNORECASE)
_OR_BELOW = re.compile(rf"{_OR}(?:{_LESS}|under|below)\b(?!\s+than\b)", re.IGNORECASE)
# Characters before a number in which its comparison may begin.
_CONTEXT_CHARACTERS = 60

# For each dimension of a condition, the dimensions of numbers in papers that can meet it. A gain of
# 8.8 points may be written without a unit.
_ACCEPTED_DIMENSIONS = {
    COUNT: {COUNT, BARE},
    PERCENT: {PERCENT, POINTS},
    POINTS: {POINTS, PERCENT, BARE},
    BARE: {BARE, COUNT, RATIO, PERCENT, POINTS, TIMES},
    RATIO: {RATIO, BARE},
}
# The words right after a number, which say what it counts.
_COUNTED_WORDS = re.compile(r"(?:[\s-](?!(?:but|and|than)\b)[^\s,.;:()\d]+){1,5}")
_COMPARATIVE = re.compile(rf"\b(?:{_MORE}|{_LESS}|different)\b", re.IGNORECASE)
# A number of at least this size is accepted even if the sentence does not say what it counts. The
# pattern finds sentences that may contain such a number.
_LARGE_AMOUNT = 1e3
_LARGE_NUMBER = re.compile(
    r"\d{4}|\d[,\u2009\u202f]\d{3}|\d\s?[kKMBT]\b|thousand|illion|\^|\de\d", re.IGNORECASE
)
# Words that imply a number, but occur in nearly every sentence.
_COMMON_WORDS = re.compile(
    r"(?:an?|both|each|first|no|none|once|pairs?|per|second|third|without)\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NumberCondition:
    """The range that a number in a sentence has to be in.

    Attributes:
        dimensions: the dimensions that the number may have.
        counted: stems of the words for what the number counts; empty if the question does not say.
            The sentence has to contain one of them, unless its number is a thousand or more.
        minimum: in the base unit of the dimension, inclusive: a paper that says ">1.5x" meets "over
            1.5x".
        maximum: likewise.
    """

    dimensions: frozenset[str]
    counted: frozenset[str]
    minimum: float
    maximum: float

    def matches(self, sentence: str) -> bool:
        """Return whether a sentence contains such a number."""
        names_counted = not self.counted or bool(self.counted & _stems_without_s(sentence))
        if not (names_counted or _LARGE_NUMBER.search(sentence)):
            return False
        return any(
            interpretation.dimension in self.dimensions
            and self.minimum <= interpretation.amount <= self.maximum
            and (names_counted or interpretation.amount >= _LARGE_AMOUNT)
            for number in find_quantities(sentence)
            if number.explicit or self._accepts_implied(number)
            for interpretation in number.interpretations
        )

    def _accepts_implied(self, number: Quantity) -> bool:
        """Return whether a word that only implies a number counts."""
        word = number.written.lower()
        return bool(self.counted) if word == "one" else not _COMMON_WORDS.match(word)


def parse_number_condition(criterion: str) -> NumberCondition | None:
    """Return the first number condition of a criterion; None if it has none."""
    stated = [number for number in find_quantities(criterion) if _is_amount(criterion, number)]
    for number, following in zip_longest(stated, stated[1:]):
        before = criterion[: number.start][-_CONTEXT_CHARACTERS:]
        after = criterion[_end(number) :]
        if following and _is_range(before, criterion[_end(number) : following.start]):
            minimum, maximum = _range_amounts(number, following)
            if minimum <= maximum:  # "from 80 to 20" is a change, not a range
                return _condition(criterion, following, minimum, maximum)
        elif (is_minimum := _is_minimum(before, after)) is not None:
            amount = _amount(number, is_minimum=is_minimum)
            limits = (amount, math.inf) if is_minimum else (0.0, amount)
            return _condition(criterion, number, *limits)
    return None


def _is_amount(criterion: str, number: Quantity) -> bool:
    """Return whether a number of a question is an amount; the 3 of "3D scenes" is not."""
    if not number.explicit and number.written.lower() != "one":
        return False
    is_part_of_word = criterion[_end(number) :][:1].isalpha()
    return not (is_part_of_word and _dimension(number) in (BARE, COUNT))


def _is_range(before: str, between: str) -> bool:
    """Return whether two numbers form a range, given the text before and between them."""
    return bool(
        (_BETWEEN.search(before) and _AND.search(between))
        or (_FROM.search(before) and _TO.search(between))
    )


def _is_minimum(before: str, after: str) -> bool | None:
    """Return True for a number that is a minimum, False for a maximum, None for neither.

    Args:
        before: the text before the number.
        after: the text after it.
    """
    for pattern, is_minimum in ((_ABOVE, True), (_BELOW, False)):
        if found := pattern.search(before):
            return is_minimum != bool(_NOT.search(before[: found.start()]))
    if _OR_BELOW.match(after):
        return False
    return True if _OR_ABOVE.match(after) else None


def _condition(criterion: str, number: Quantity, minimum: float, maximum: float) -> NumberCondition:
    """Return the condition with this range; the number in the question gives the dimension."""
    dimension = _dimension(number)
    words = _COUNTED_WORDS.match(criterion, _end(number)) if dimension in (COUNT, BARE) else None
    counted = _stems_without_s(_COMPARATIVE.sub("", words[0])) if words else frozenset()
    if dimension == BARE and counted and _amount(number, is_minimum=True).is_integer():
        dimension = COUNT  # "five or more networks"
    accepted = _ACCEPTED_DIMENSIONS.get(dimension, {dimension})
    return NumberCondition(frozenset(accepted), counted, minimum, maximum)


def _stems_without_s(text: str) -> frozenset[str]:
    """Return the stems of content words, without the "s" that a stem may keep: "GPUs"."""
    return frozenset(stem.removesuffix("s") for stem in content_stems(text))


def _dimension(number: Quantity) -> str:
    """Return the dimension of a number; a quarter is a percentage, and twice a factor."""
    dimensions = number.dimensions - {RATIO}
    if TIMES in dimensions and number.written.lower().startswith(("twice", "thrice", "doubl")):
        return TIMES
    return min(dimensions, default=RATIO)


def _amount(number: Quantity, *, is_minimum: bool) -> float:
    """Return the amount of a number; of several, as for "two thirds", the one that admits more."""
    dimension = _dimension(number)
    amounts = [one.amount for one in number.interpretations if one.dimension == dimension]
    return min(amounts) if is_minimum else max(amounts)


def _range_amounts(first: Quantity, second: Quantity) -> tuple[float, float]:
    """Return the amounts of a range; the unit may follow the second only: "10 to 20 billion"."""
    maximum = _amount(second, is_minimum=False)
    dimension = _dimension(second)
    if _dimension(first) == dimension and _scale(first) == _scale(second):
        return _amount(first, is_minimum=True), maximum
    value = max(one.value for one in second.interpretations if one.dimension == dimension)
    unit = _scale(second) * maximum / value if value else 1.0
    first_value = min(one.value for one in first.interpretations)
    return first_value * (1.0 if _scale(first) > 1 else unit), maximum


def _scale(number: Quantity) -> float:
    """Return the factor in the last word of a number, as in "20 billion"."""
    last_word = re.search(r"[A-Za-z]+\Z", number.written)
    return SCALES.get(last_word[0], 1.0) if last_word else 1.0


def _end(number: Quantity) -> int:
    return number.start + len(number.written)
