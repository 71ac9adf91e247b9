"""Units: what a number measures, so that 12.5 % is not taken for 12.5 ms."""

import re
from dataclasses import dataclass

from assistant.papers.words import content_words

# What a number measures if no table has its unit.
BARE = ""
COUNT = "count"
RATIO = "ratio"
PERCENT = "percent"
POINTS = "points"
TIMES = "times"
BITS = "bits"
# Digits inside a name: the 7 of LLaMA-7B.
IN_NAME = "in a name"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written.

    Attributes:
        measures: what it measures; numbers of different measures are never the same.
        factor: how many base units it is; those of a measure share one.
    """

    measures: str
    factor: float = 1.0


# Symbols are told by their case, as s and S, and stand close to the number: "5 s", not "5-s".
_SYMBOLS: dict[str, Unit] = {
    "%": Unit(PERCENT),
    "‰": Unit(PERCENT, 0.1),
    "pp": Unit(POINTS),
    "pts": Unit(POINTS),
    "x": Unit(TIMES),
    "×": Unit(TIMES),
    "X": Unit(TIMES),
    "ns": Unit("time", 1e-9),
    "µs": Unit("time", 1e-6),
    "μs": Unit("time", 1e-6),
    "us": Unit("time", 1e-6),
    "ms": Unit("time", 1e-3),
    "s": Unit("time"),
    "min": Unit("time", 60),
    "h": Unit("time", 3600),
    "hr": Unit("time", 3600),
    "hrs": Unit("time", 3600),
    "KB": Unit("bytes", 1e3),
    "kB": Unit("bytes", 1e3),
    "MB": Unit("bytes", 1e6),
    "GB": Unit("bytes", 1e9),
    "TB": Unit("bytes", 1e12),
    "KiB": Unit("bytes", 2**10),
    "MiB": Unit("bytes", 2**20),
    "GiB": Unit("bytes", 2**30),
    "nm": Unit("length", 1e-9),
    "µm": Unit("length", 1e-6),
    "μm": Unit("length", 1e-6),
    "mm": Unit("length", 1e-3),
    "cm": Unit("length", 1e-2),
    "m": Unit("length"),
    "km": Unit("length", 1e3),
    "mg": Unit("mass", 1e-3),
    "g": Unit("mass"),
    "kg": Unit("mass", 1e3),
    "meV": Unit("energy in eV", 1e-3),
    "eV": Unit("energy in eV"),
    "keV": Unit("energy in eV", 1e3),
    "J": Unit("energy in J"),
    "kJ": Unit("energy in J", 1e3),
    "kWh": Unit("energy in J", 3.6e6),
    "mW": Unit("power", 1e-3),
    "W": Unit("power"),
    "kW": Unit("power", 1e3),
    "Hz": Unit("frequency"),
    "kHz": Unit("frequency", 1e3),
    "MHz": Unit("frequency", 1e6),
    "GHz": Unit("frequency", 1e9),
    "dB": Unit("decibels"),
    "°C": Unit("temperature"),
    "°": Unit("angle"),
}
# Words, whatever their case, in the singular.
_WORDS: dict[str, Unit] = {
    "percent": Unit(PERCENT),
    "per cent": Unit(PERCENT),
    "% point": Unit(POINTS),
    "percent point": Unit(POINTS),
    "percentage point": Unit(POINTS),
    "point": Unit(POINTS),
    "times": Unit(TIMES),
    "fold": Unit(TIMES),
    "nanosecond": Unit("time", 1e-9),
    "microsecond": Unit("time", 1e-6),
    "millisecond": Unit("time", 1e-3),
    "second": Unit("time"),
    "sec": Unit("time"),
    "minute": Unit("time", 60),
    "hour": Unit("time", 3600),
    "day": Unit("time", 86_400),
    "week": Unit("time", 7 * 86_400),
    "month": Unit("months"),
    "year": Unit("months", 12),
    "bit": Unit(BITS),
    "byte": Unit("bytes"),
    "kilobyte": Unit("bytes", 1e3),
    "megabyte": Unit("bytes", 1e6),
    "gigabyte": Unit("bytes", 1e9),
    "terabyte": Unit("bytes", 1e12),
    "nanometer": Unit("length", 1e-9),
    "nanometre": Unit("length", 1e-9),
    "micrometer": Unit("length", 1e-6),
    "micrometre": Unit("length", 1e-6),
    "millimeter": Unit("length", 1e-3),
    "millimetre": Unit("length", 1e-3),
    "centimeter": Unit("length", 1e-2),
    "centimetre": Unit("length", 1e-2),
    "meter": Unit("length"),
    "metre": Unit("length"),
    "kilometer": Unit("length", 1e3),
    "kilometre": Unit("length", 1e3),
    "gram": Unit("mass"),
    "kilogram": Unit("mass", 1e3),
    "watt": Unit("power"),
    "kilowatt": Unit("power", 1e3),
    "hertz": Unit("frequency"),
    "decibel": Unit("decibels"),
    "degree": Unit("angle"),
    "degree celsius": Unit("temperature"),
}


def _either(alternatives: list[str]) -> str:
    return "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True)))


# "2 × 3" multiplies.
_SYMBOL = re.compile(rf"\s?({_either(list(_SYMBOLS))})(?!\w)(?!(?<=[xX×])\s?\d)")
_WORD = re.compile(rf"[\s-]?\s?({_either(list(_WORDS))})s?(?!\w)", re.IGNORECASE)
# An integer before a plain word counts things ("3 layers"), unless the word only goes on with the
# sentence ("26 instead of") or names a score ("76 accuracy").
_THINGS = re.compile(r"[\s-]([a-z]{3,})\b")
_NO_THINGS = frozenset(
    """
    accuracy achieved argmax averaged bleu compared obtained precision recall respectively rouge
    score scores versus
    """.split()
)


def unit_at(text: str, start: int) -> Unit | None:
    """Return the unit that begins at a place of a text; None if there is none."""
    # Words first: "3 % points" are points, not percent.
    if match := _WORD.match(text, start):
        return _WORDS[match[1].lower()]
    match = _SYMBOL.match(text, start)
    return _SYMBOLS[match[1]] if match else None


def counts_things(text: str, start: int) -> bool:
    """Tell whether a word for countable things begins at a place of a text."""
    match = _THINGS.match(text, start)
    return match is not None and match[1] not in _NO_THINGS and bool(content_words(match[1]))
