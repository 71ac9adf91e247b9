"""Conditions on numbers in a question about the collection: "a speed-up over 1.5x"."""

import math
import re
from dataclasses import dataclass
from itertools import zip_longest

from assistant.answering.facts import Number, numbers
from assistant.answering.facts.digits import SCALES
from assistant.answering.facts.units import BARE, COUNT, PERCENT, POINTS, RATIO
from assistant.papers.words import content_words, stem

_MORE = r"(?:more|greater|larger|higher|bigger|better|faster|longer|older|above|over)"
_LESS = r"(?:less|fewer|smaller|lower|shorter|cheaper|under|below)"
_ROUGHLY = r"\s*(?:(?:a|an|about|around|roughly|some|factors? of)\s+)*\Z"
# What stands before a number, and what behind it. "No more than" holds "more than", so it is looked
# for first.
_AT_MOST = re.compile(
    rf"(?:\b(?:at most|up to|under|below|within|(?:no|not) {_MORE} than|{_LESS} than)|<=?|≤)"
    rf"{_ROUGHLY}",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    rf"(?:\b(?:at least|over|above|beyond|exceed(?:s|ing)?|(?:no|not) {_LESS} than|{_MORE} than)"
    rf"|>=?|≥){_ROUGHLY}",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\b(?:between|from){_ROUGHLY}", re.IGNORECASE)
_TO = re.compile(r"(?:\band|\bto|-|–)\s*\Z", re.IGNORECASE)
_OR = r"[^,.;:()]{0,25}?(?:\bor|\band) "
_OR_MORE = re.compile(rf"{_OR}{_MORE}\b|\+", re.IGNORECASE)
_OR_LESS = re.compile(rf"{_OR}{_LESS}\b", re.IGNORECASE)

# What may be meant by a number of each kind. A gain of 8.8 stands there with no unit, too.
_MEANT = {
    COUNT: {COUNT, BARE},
    PERCENT: {PERCENT, POINTS},
    POINTS: {POINTS, PERCENT, BARE},
    BARE: {BARE, COUNT, RATIO},
    RATIO: {RATIO, BARE},
}
# What a number counts stands in the few words behind it.
_THINGS = re.compile(r"(?:[\s-][^\s,.;:()]+){1,5}")
_COMPARES = re.compile(rf"\b(?:{_MORE}|{_LESS}|different)\b", re.IGNORECASE)
# "30B" says what it counts by its size.
_SCALED = re.compile(r"[\d.,]+\s?[kKMBT]\b")
# Words that say a number only to one who looks for it, and here would be found in every sentence.
_SAID_EVERYWHERE = re.compile(
    r"(?:an?|both|each|first|no|none|once|one|pairs?|per|second|third|without)\Z", re.IGNORECASE
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

    def met_in(self, sentence: str) -> list[Number]:
        """Return the numbers of a sentence that meet the condition."""
        says_what = not self.counted or self.counted & _stems(sentence)
        return [
            number
            for number in numbers(sentence)
            if (number.claimed or not _SAID_EVERYWHERE.match(number.written))
            and (says_what or _SCALED.match(sentence, number.start))
            and any(
                reading.measures in self.measures and self.least <= reading.amount <= self.most
                for reading in number.readings
            )
        ]


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, content_words(text)))


def number_condition(said: str) -> NumberCondition | None:
    """Return the condition on a number in what a question says of papers; None if it has none."""
    stated = [one for one in numbers(said) if one.claimed or one.written.lower() == "one"]
    for number, following in zip_longest(stated, stated[1:]):
        before, after = said[: number.start], said[_end(number) :]
        if following and _FROM.search(before) and _TO.search(said[: following.start]):
            least, most = _amounts(number, following)
            return _condition(said, following, least, most)
        if _AT_MOST.search(before) or _OR_LESS.match(after):
            return _condition(said, number, 0.0, _amount(number))
        if _AT_LEAST.search(before) or _OR_MORE.match(after):
            return _condition(said, number, _amount(number), math.inf)
    return None


def _condition(said: str, of: Number, least: float, most: float) -> NumberCondition:
    """Return a condition on numbers of the kind of one that stands in a question."""
    kind = _kind(of)
    things = _THINGS.match(said, _end(of)) if kind in (COUNT, BARE) else None
    counted = _stems(_COMPARES.sub("", things[0])) if things else frozenset()
    if kind == BARE and counted and _amount(of).is_integer():
        kind = COUNT  # "five or more networks"
    return NumberCondition(frozenset(_MEANT.get(kind, {kind})), counted, least, most)


def _kind(number: Number) -> str:
    """Return what a number measures; a quarter is a percentage rather than a share of 1."""
    return min(number.measures - {RATIO}, default=RATIO)


def _amount(number: Number) -> float:
    return next(one.amount for one in number.readings if one.measures == _kind(number))


def _amounts(least: Number, most: Number) -> tuple[float, float]:
    """Return the amounts of "between 10 and 20 billion", in the unit of the second."""
    amount = _amount(most)
    if _kind(least) == _kind(most) and _scale(least) == _scale(most):
        return _amount(least), amount
    value = next(one.value for one in most.readings if one.measures == _kind(most))
    unit = _scale(most) * amount / value if value else 1.0
    return next(iter(least.readings)).value * (1.0 if _scale(least) > 1 else unit), amount


def _scale(number: Number) -> float:
    """Return what the last word of a number multiplies it by: "20 billion"."""
    scale = re.search(r"[A-Za-z]+\Z", number.written)
    return SCALES.get(scale[0], 1.0) if scale else 1.0


def _end(number: Number) -> int:
    return number.start + len(number.written)
