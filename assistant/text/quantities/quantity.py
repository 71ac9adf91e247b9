"""Quantities: numbers in a text, their possible meanings, and whether two of them match."""

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from assistant.text.quantities.units import (
    BARE,
    BITS,
    COUNT,
    IN_NAME,
    ORDERS_OF_MAGNITUDE,
    PERCENT,
    POINTS,
    RATIO,
    TIMES,
    Unit,
    counts_things,
    unit_at,
)


class Interpretation(NamedTuple):
    """One possible meaning of a number.

    Attributes:
        dimension: what is measured, such as ``"time"``.
        amount: the value in the base unit of the dimension.
        value: the value in the unit that the text uses.
    """

    dimension: str
    amount: float
    value: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text.

    Attributes:
        written: the number as written, without its unit.
        start: offset of its first character in the text.
        interpretations: its possible meanings.
        sign: -1 or 1 if a sign is written, else 0.
        is_decrease: whether the words around it describe a decrease.
        explicit: whether the text states it as a number. Words such as "a" and "both" only imply a
            number, and digits inside a name are not a statement.
    """

    written: str
    start: int
    interpretations: frozenset[Interpretation]
    sign: int = 0
    is_decrease: bool = False
    explicit: bool = True

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions of all interpretations."""
        return frozenset(one.dimension for one in self.interpretations)

    def matches(self, other: "Quantity") -> bool:
        """Return whether two quantities may be the same: equal amounts, no contradicting signs.

        "It fell by 3.5" matches "-3.5".
        """
        signs = {self.sign, other.sign}
        if signs == {-1, 1} or (signs == {-1, 0} and not (self.is_decrease or other.is_decrease)):
            return False
        return any(
            _compatible(mine, its) for mine in self.interpretations for its in other.interpretations
        )


# Dimensions that texts use for the same number: 8 bits for the 8 of INT8, half for 0.5.
_COMPATIBLE_DIMENSIONS = {
    frozenset(pair)
    for pair in ((COUNT, IN_NAME), (COUNT, POINTS), (COUNT, BITS), (BITS, IN_NAME), (RATIO, TIMES))
}


def _compatible(one: Interpretation, other: Interpretation) -> bool:
    if BARE in (one.dimension, other.dimension):
        # "from 13 to 26 minutes": the unit may come later.
        return math.isclose(one.value, other.value)
    same = (
        one.dimension == other.dimension
        or frozenset((one.dimension, other.dimension)) in _COMPATIBLE_DIMENSIONS
    )
    return same and math.isclose(one.amount, other.amount)


_DECREASE = re.compile(
    r"\b(?:below|cut|declin|decreas|degrad|down|drop|fall|fell|few|less|los[est]|low|minus|negative"
    r"|reduc|sav|shr[iu]nk|small|under|worse)",
    re.IGNORECASE,
)
# The number of characters on either side of a number in which to look for words for a decrease.
_CONTEXT_CHARACTERS = 40


def quantity_at(
    text: str, written: str, start: int, end: int, value: float, sign: int = 0
) -> Quantity:
    """Build a quantity from a number and the text around it: "a factor of 8" is 8x.

    Args:
        text: the whole text.
        written: the number as written.
        start: offset of its first character.
        end: offset after its last character, where a unit may begin.
        value: its value.
        sign: -1 or 1 if a sign is written, else 0.
    """
    unit = unit_at(text, end)
    if unit is None and _FACTOR_OF.search(text, 0, start):
        unit = Unit(TIMES)
    context = text[max(0, start - _CONTEXT_CHARACTERS) : end + _CONTEXT_CHARACTERS]
    is_decrease = _DECREASE.search(context) is not None
    return Quantity(written, start, interpretations_of(value, unit, text, end), sign, is_decrease)


_FACTOR_OF = re.compile(r"\bfactors? of (?:about |around |up to |over )?\Z")
# 10 to a higher power is not a plausible ratio.
_MOST_ORDERS_OF_MAGNITUDE = 30


def interpretations_of(
    value: float, unit: Unit | None, text: str, end: int
) -> frozenset[Interpretation]:
    """Return the possible meanings of a value.

    Args:
        value: the number.
        unit: its unit, None if it has none.
        text: the whole text.
        end: offset after the number.
    """
    if ORDERS_OF_MAGNITUDE.match(text, end) and value < _MOST_ORDERS_OF_MAGNITUDE:
        return frozenset({in_base_unit(TIMES, 10.0**value)})
    if unit is None:
        counts = value.is_integer() and counts_things(text, end)
        return frozenset({in_base_unit(COUNT if counts else BARE, value)})
    found = {Interpretation(unit.dimension, value * unit.factor, value)}
    if unit.dimension == PERCENT:
        found.add(in_base_unit(RATIO, value * unit.factor / 100))
        if "absolute" in text[max(0, end - 15) : end + 15]:
            found.add(in_base_unit(POINTS, value))
    return frozenset(found)


def in_base_unit(dimension: str, value: float) -> Interpretation:
    """Return the interpretation of a value that is already in the dimension's base unit."""
    return Interpretation(dimension, value, value)
