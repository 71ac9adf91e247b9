"""Units of measurement, so that 12.5 % is not taken for 12.5 ms."""

import re
from dataclasses import dataclass

from assistant.text.words import content_words

# Dimensions that need no table of units. BARE: a number without a known unit.
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
    """A unit of measurement.

    Attributes:
        dimension: what it measures, such as ``"time"``.
        factor: its size in the base unit of the dimension.
    """

    dimension: str
    factor: float = 1.0


# Symbols are case-sensitive (s, S) and follow the number directly or after a space: not "5-s".
_SYMBOLS: dict[str, Unit] = {
    "%": Unit(PERCENT),
    "‰": Unit(PERCENT, 0.1),
    "pp": Unit(POINTS),
    "pts": Unit(POINTS),
    "x": Unit(TIMES),
    "×": Unit(TIMES),
    "X": Unit(TIMES),
    "min": Unit("time", 60),
    "mins": Unit("time", 60),
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
    "kWh": Unit("energy in J", 3.6e6),
    "mmHg": Unit("pressure", 133.322),
    "mm Hg": Unit("pressure", 133.322),
    "dB": Unit("decibels"),
    "°C": Unit("temperature"),
    "°": Unit("angle"),
}
# Words, in the singular; matched in any case.
_WORDS: dict[str, Unit] = {
    "percent": Unit(PERCENT),
    "per cent": Unit(PERCENT),
    "% point": Unit(POINTS),
    "percent point": Unit(POINTS),
    "percentage point": Unit(POINTS),
    "point": Unit(POINTS),
    "times": Unit(TIMES),
    "fold": Unit(TIMES),
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
    "decibel": Unit("decibels"),
    "degree": Unit("angle"),
    "degree celsius": Unit("temperature"),
}


# Units that take SI prefixes: dimension, symbol, prefixes in use ("-" for none), words. The symbol
# "M" alone is left out: it is a million.
_PREFIXED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("time", "s", "pnµum-", ("second",)),
    ("length", "m", "pnµumck-", ("meter", "metre")),
    ("mass", "g", "pnµumk-", ("gram",)),
    ("volume", "L", "nµumcdk-", ("liter", "litre")),
    ("volume", "l", "nµumcd-", ()),
    ("amount", "mol", "pnµumk-", ("mole",)),
    ("concentration", "M", "pnµum", ()),
    ("energy in eV", "eV", "µumkMGT-", ("electronvolt",)),
    ("energy in J", "J", "µumkMG-", ("joule",)),
    ("power", "W", "µumkMG-", ("watt",)),
    ("frequency", "Hz", "mkMGT-", ("hertz",)),
    ("pressure", "Pa", "mkMG-", ("pascal",)),
    ("voltage", "V", "µumk-", ("volt",)),
)
_PREFIXES: dict[str, tuple[str, float]] = {
    "p": ("pico", 1e-12),
    "n": ("nano", 1e-9),
    "µ": ("micro", 1e-6),
    "u": ("micro", 1e-6),
    "m": ("milli", 1e-3),
    "c": ("centi", 1e-2),
    "d": ("deci", 1e-1),
    "k": ("kilo", 1e3),
    "M": ("mega", 1e6),
    "G": ("giga", 1e9),
    "T": ("tera", 1e12),
    "-": ("", 1.0),
}
for _dimension, _base, _in_use, _words in _PREFIXED:
    for _letter in _in_use:
        _prefix, _factor = _PREFIXES[_letter]
        _SYMBOLS[_letter.strip("-") + _base] = Unit(_dimension, _factor)
        if _letter == "µ":  # the micro sign; the Greek letter looks the same
            _SYMBOLS["μ" + _base] = Unit(_dimension, _factor)
        for _word in _words:
            _WORDS[_prefix + _word] = Unit(_dimension, _factor)


ORDERS_OF_MAGNITUDE = re.compile(r"\s?orders? of magnitude")
"""The words after the exponent of a factor: "3 orders of magnitude"."""


def _alternation(alternatives: list[str]) -> str:
    return "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True)))


# "2 × 3" is a product.
_SYMBOL = re.compile(rf"\s?({_alternation(list(_SYMBOLS))})(?!\w)(?!(?<=[xX×])\s?\d)")
_WORD = re.compile(rf"[\s-]?\s?({_alternation(list(_WORDS))})s?(?!\w)", re.IGNORECASE)
# An integer before a content word is a count ("3 layers"), but not before a function word
# ("26 instead of") or the name of a score ("76 accuracy"). It is also a count before an
# abbreviation ("8 GPUs", "12 NLP tasks"), and in "3 of 45".
_COUNTED_WORD = re.compile(r"[\s-](?:[A-Z]{2,}\s)?([a-z]{3,}|[A-Z]{2,}s)\b")
_OF_TOTAL = re.compile(r"\s(?:out\s)?of\s(?:the\s)?\d")
_NOT_COUNTABLE = frozenset(
    """
    accuracy achieved argmax averaged bleu compared obtained precision recall respectively rouge
    score scores versus
    """.split()
)


def unit_at(text: str, start: int) -> Unit | None:
    """Return the unit at an offset in a text; None if there is none."""
    # Words first: "3 % points" is in points, not in percent.
    if match := _WORD.match(text, start):
        return _WORDS[match[1].lower()]
    match = _SYMBOL.match(text, start)
    return _SYMBOLS[match[1]] if match else None


def written_unit_at(text: str, start: int) -> str:
    """Return the unit at an offset in a text, as written; empty if there is none."""
    patterns = (ORDERS_OF_MAGNITUDE, _WORD, _SYMBOL)
    match = next(filter(None, (pattern.match(text, start) for pattern in patterns)), None)
    return match.group().strip(" -") if match else ""


def counts_things(text: str, start: int) -> bool:
    """Return whether a word for countable things begins at an offset in a text."""
    if _OF_TOTAL.match(text, start):
        return True
    match = _COUNTED_WORD.match(text, start)
    return match is not None and match[1] not in _NOT_COUNTABLE and bool(content_words(match[1]))
