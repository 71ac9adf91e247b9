"""A number: what it may say, and whether two can be the same."""

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from assistant.text.quantities.units import (
    BARE,
    BITS,
    COUNT,
    IN_NAME,
    PERCENT,
    POINTS,
    RATIO,
    TIMES,
    Unit,
    counts_things,
    unit_at,
)


class Reading(NamedTuple):
    """What a number may say.

    Attributes:
        measures: what it measures.
        amount: in the base unit of that.
        value: in the unit that stands there.
    """

    measures: str
    amount: float
    value: float


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text.

    Attributes:
        written: its characters, without the unit.
        start: where it begins in the text.
        readings: what it may say.
        sign: -1 or 1 if it has one, else 0.
        falls: whether the words around it say that something becomes less.
        claimed: whether it says a number; "a" and "both" say one only where one is looked for.
    """

    written: str
    start: int
    readings: frozenset[Reading]
    sign: int = 0
    falls: bool = False
    claimed: bool = True

    @property
    def measures(self) -> frozenset[str]:
        """What it may measure."""
        return frozenset(reading.measures for reading in self.readings)

    def agrees(self, other: "Number") -> bool:
        """Tell whether two numbers can be the same."""
        signs = {self.sign, other.sign}
        if signs == {-1, 1} or (signs == {-1, 0} and not (self.falls or other.falls)):
            return False
        return any(_agree(mine, its) for mine in self.readings for its in other.readings)


# Measures that are told apart by their words only: 8 bits may be the 8 of INT8, half may be 0.5.
_ALIKE = {
    frozenset(pair)
    for pair in ((COUNT, IN_NAME), (COUNT, POINTS), (COUNT, BITS), (BITS, IN_NAME), (RATIO, TIMES))
}


def _agree(one: Reading, other: Reading) -> bool:
    if BARE in (one.measures, other.measures):
        # "from 13 to 26 minutes": a number may stand far from its unit.
        return math.isclose(one.value, other.value)
    alike = one.measures == other.measures or frozenset((one.measures, other.measures)) in _ALIKE
    return alike and math.isclose(one.amount, other.amount)


_FALLS = re.compile(
    r"\b(?:below|cut|declin|decreas|degrad|down|drop|fall|fell|few|less|los[est]|low|minus|negative"
    r"|reduc|sav|shr[iu]nk|small|under|worse)",
    re.IGNORECASE,
)
_WORDS_AROUND = 40


def number_at(text: str, written: str, start: int, end: int, value: float, sign: int = 0) -> Number:
    """Return a number as the text around it has it: "a factor of 8" is 8x.

    Args:
        text: where it stands.
        written: its characters.
        start: where they begin.
        end: where they end; a unit may follow.
        value: what they say.
        sign: -1 or 1 if it has one, else 0.
    """
    unit = unit_at(text, end)
    if unit is None and _FACTOR_OF.search(text, 0, start):
        unit = Unit(TIMES)
    around = text[max(0, start - _WORDS_AROUND) : end + _WORDS_AROUND]
    falls = _FALLS.search(around) is not None
    return Number(written, start, readings_of(value, unit, text, end), sign, falls)


_FACTOR_OF = re.compile(r"\bfactors? of (?:about |around |up to |over )?\Z")
_MAGNITUDE = re.compile(r"\s?orders? of magnitude")


def readings_of(value: float, unit: Unit | None, text: str, end: int) -> frozenset[Reading]:
    """Return what a value with a unit, or without, may say where it ends in a text."""
    if _MAGNITUDE.match(text, end) and value < 30:
        return frozenset({plain(TIMES, 10.0**value)})
    if unit is None:
        counts = value.is_integer() and counts_things(text, end)
        return frozenset({plain(COUNT if counts else BARE, value)})
    readings = {Reading(unit.measures, value * unit.factor, value)}
    if unit.measures == PERCENT:
        readings.add(plain(RATIO, value * unit.factor / 100))
        if "absolute" in text[max(0, end - 15) : end + 15]:
            readings.add(plain(POINTS, value))
    return frozenset(readings)


def plain(measures: str, value: float) -> Reading:
    """Return a reading in a base unit."""
    return Reading(measures, value, value)
