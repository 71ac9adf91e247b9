"""Units: what a number measures, so that 12.5 % is not taken for 12.5 ms."""

import re
from dataclasses import dataclass

from assistant.text.words import content_words

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


# Units whose symbol and words take prefixes: what they measure, the symbol, the prefixes in use
# ("-" for none: a bare "M" is a million), the words.
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
for _measures, _base, _in_use, _words in _PREFIXED:
    for _letter in _in_use:
        _prefix, _factor = _PREFIXES[_letter]
        _SYMBOLS[_letter.strip("-") + _base] = Unit(_measures, _factor)
        if _letter == "µ":  # the micro sign; the Greek letter looks alike
            _SYMBOLS["μ" + _base] = Unit(_measures, _factor)
        for _word in _words:
            _WORDS[_prefix + _word] = Unit(_measures, _factor)


def _either(alternatives: list[str]) -> str:
    return "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True)))


# "2 × 3" multiplies.
_SYMBOL = re.compile(rf"\s?({_either(list(_SYMBOLS))})(?!\w)(?!(?<=[xX×])\s?\d)")
_WORD = re.compile(rf"[\s-]?\s?({_either(list(_WORDS))})s?(?!\w)", re.IGNORECASE)
# An integer before a plain word counts things ("3 layers"), unless the word only goes on with the
# sentence ("26 instead of") or names a score ("76 accuracy"). So it does before abbreviations
# ("8 GPUs", "12 NLP tasks"), and in "3 of 45".
_THINGS = re.compile(r"[\s-](?:[A-Z]{2,}\s)?([a-z]{3,}|[A-Z]{2,}s)\b")
_OF_MORE = re.compile(r"\s(?:out\s)?of\s(?:the\s)?\d")
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
    if _OF_MORE.match(text, start):
        return True
    match = _THINGS.match(text, start)
    return match is not None and match[1] not in _NO_THINGS and bool(content_words(match[1]))
