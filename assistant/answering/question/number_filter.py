"""Conditions on numbers in a question about the collection: "a speed-up over 1.5x".

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
# What stands before a number, and what behind it: "three or more", "100 tasks or fewer".
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
_OR_ABOVE = re.compile(rf"{_OR}(?:{_MORE}|above|over)\b(?!\s+than\b)|\+", re.IGNORECASE)
_OR_BELOW = re.compile(rf"{_OR}(?:{_LESS}|under|below)\b(?!\s+than\b)", re.IGNORECASE)
# How far before a number its comparison may begin.
_BEFORE = 60

# What may be meant by a number of each kind. A gain of 8.8 stands there with no unit, too.
_MEANT = {
    COUNT: {COUNT, BARE},
    PERCENT: {PERCENT, POINTS},
    POINTS: {POINTS, PERCENT, BARE},
    BARE: {BARE, COUNT, RATIO, PERCENT, POINTS, TIMES},
    RATIO: {RATIO, BARE},
}
# What a number counts stands in the few words behind it.
_THINGS = re.compile(r"(?:[\s-](?!(?:but|and|than)\b)[^\s,.;:()\d]+){1,5}")
_COMPARES = re.compile(rf"\b(?:{_MORE}|{_LESS}|different)\b", re.IGNORECASE)
# A number of thousands says what it counts by its size; this is what one may look like.
_THOUSAND = 1e3
_LARGE = re.compile(
    r"\d{4}|\d[,\u2009\u202f]\d{3}|\d\s?[kKMBT]\b|thousand|illion|\^|\de\d", re.IGNORECASE
)
# Words that say a number only to one who looks for it, and here would be found in every sentence.
_SAID_EVERYWHERE = re.compile(
    r"(?:an?|both|each|first|no|none|once|pairs?|per|second|third|without)\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NumberCondition:
    """A number that a sentence must have.

    Attributes:
        measures: what it may measure.
        counted: stems of the words for what it counts, of which the sentence must have one unless
            the number is of thousands or more; empty if it counts nothing.
        least: its least amount, in the base unit of that. A paper that says ">1.5x" is meant by
            "over 1.5x", so the limit itself counts either way.
        most: its greatest amount.
    """

    measures: frozenset[str]
    counted: frozenset[str]
    least: float
    most: float

    def within(self, sentence: str) -> bool:
        """Tell whether a sentence has such a number."""
        says_what = not self.counted or bool(self.counted & _things(sentence))
        if not (says_what or _LARGE.search(sentence)):
            return False
        return any(
            interpretation.dimension in self.measures
            and self.least <= interpretation.amount <= self.most
            and (says_what or interpretation.amount >= _THOUSAND)
            for number in find_quantities(sentence)
            if number.explicit or self._counts(number)
            for interpretation in number.interpretations
        )

    def _counts(self, number: Quantity) -> bool:
        """Tell whether a word counts that says a number only to one who looks for it."""
        word = number.written.lower()
        return bool(self.counted) if word == "one" else not _SAID_EVERYWHERE.match(word)


def _things(text: str) -> frozenset[str]:
    """Return the stems of what a text names, without the s that a stem may keep: "GPUs"."""
    return frozenset(one.removesuffix("s") for one in content_stems(text))


def number_condition(said: str) -> NumberCondition | None:
    """Return the condition on a number in what a question says of papers; None if it has none."""
    stated = [one for one in find_quantities(said) if _states_amount(said, one)]
    for number, following in zip_longest(stated, stated[1:]):
        before, after = said[: number.start][-_BEFORE:], said[_end(number) :]
        if following and _is_range(before, said[_end(number) : following.start]):
            least, most = _amounts(number, following)
            if least <= most:  # else it tells of a change, as "from 80 to 20" does
                return _condition(said, following, least, most)
        elif (is_least := _is_least(before, after)) is not None:
            amount = _amount(number, least=is_least)
            limits = (amount, math.inf) if is_least else (0.0, amount)
            return _condition(said, number, *limits)
    return None


def _states_amount(said: str, number: Quantity) -> bool:
    """Tell whether a number of a question says how many; the 3 of "3D scenes" does not."""
    if not number.explicit and number.written.lower() != "one":
        return False
    glued = said[_end(number) :][:1].isalpha()
    return not (glued and _kind(number) in (BARE, COUNT))


def _is_range(before: str, between: str) -> bool:
    """Tell whether two numbers are the ends of a range, from what stands around the first."""
    return bool(
        (_BETWEEN.search(before) and _AND.search(between))
        or (_FROM.search(before) and _TO.search(between))
    )


def _is_least(before: str, after: str) -> bool | None:
    """Tell whether a number is the least that is meant, or the most; None if it is neither.

    Args:
        before: what stands before it.
        after: what stands behind it.
    """
    for pattern, least in ((_ABOVE, True), (_BELOW, False)):
        if found := pattern.search(before):
            return least != bool(_NOT.search(before[: found.start()]))
    if _OR_BELOW.match(after):
        return False
    return True if _OR_ABOVE.match(after) else None


def _condition(said: str, of: Quantity, least: float, most: float) -> NumberCondition:
    """Return a condition on numbers of the kind of one that stands in a question."""
    kind = _kind(of)
    things = _THINGS.match(said, _end(of)) if kind in (COUNT, BARE) else None
    counted = _things(_COMPARES.sub("", things[0])) if things else frozenset()
    if kind == BARE and counted and _amount(of, least=True).is_integer():
        kind = COUNT  # "five or more networks"
    return NumberCondition(frozenset(_MEANT.get(kind, {kind})), counted, least, most)


def _kind(number: Quantity) -> str:
    """Return what a number measures; a quarter is a percentage, and twice a factor."""
    of_words = {interpretation.dimension for interpretation in number.interpretations} - {RATIO}
    if TIMES in of_words and number.written.lower().startswith(("twice", "thrice", "doubl")):
        return TIMES
    return min(of_words, default=RATIO)


def _amount(number: Quantity, *, least: bool) -> float:
    """Return the amount of a number; of several, as two thirds have, the one that admits more."""
    amounts = [one.amount for one in number.interpretations if one.dimension == _kind(number)]
    return min(amounts) if least else max(amounts)


def _amounts(least: Quantity, most: Quantity) -> tuple[float, float]:
    """Return the amounts of "between 10 and 20 billion", in the unit of the second."""
    amount = _amount(most, least=False)
    if _kind(least) == _kind(most) and _scale(least) == _scale(most):
        return _amount(least, least=True), amount
    value = max(one.value for one in most.interpretations if one.dimension == _kind(most))
    unit = _scale(most) * amount / value if value else 1.0
    least_value = min(one.value for one in least.interpretations)
    return least_value * (1.0 if _scale(least) > 1 else unit), amount


def _scale(number: Quantity) -> float:
    """Return what the last word of a number multiplies it by: "20 billion"."""
    scale = re.search(r"[A-Za-z]+\Z", number.written)
    return SCALES.get(scale[0], 1.0) if scale else 1.0


def _end(number: Quantity) -> int:
    return number.start + len(number.written)
