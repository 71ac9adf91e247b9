"""The numbers of a text: the same value counts however it is written, another unit or sign not."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.answering.facts.units import (
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


def missing_numbers(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of a text that none of the sources has, as they are written."""
    known = [number for source in sources for number in numbers(source)]
    missing = [
        number.written
        for number in numbers(text)
        if number.claimed and not any(number.agrees(other) for other in known)
    ]
    return tuple(dict.fromkeys(missing))


@lru_cache(maxsize=512)
def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in their order.

    ``160,000``, ``160k`` and ``160 thousand`` are the same, ``eight-fold`` is ``8x``, ``half`` is
    ``50 %``, ``1e-4`` is ``10^-4`` and ``1.5 hours`` are ``90 minutes``. Digits inside a name
    (``GPT-4``) claim nothing.
    """
    fractions = list(_fractions(text))
    inside = {i for one in fractions for i in range(one.start, one.start + len(one.written))}
    whole = (*_in_digits(text), *_in_words(text), *_in_names(text))
    found = [*fractions, *(number for number in whole if number.start not in inside)]
    return tuple(sorted(found, key=lambda number: number.start))


# -- in digits -----------------------------------------------------------------------------------

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")
_DIGITS = re.compile(
    r"""
    (?: (?<![\w.%)\]]) (?P<sign>[-−+])          # a sign, not the hyphen of 3-5 or top-5
      | (?<![\w.]) (?<![A-Za-z]-) | (?<=\d[x]) )  # not inside GPT-4 or Qwen2.5, but in 32x32
    (?P<digits> \d+(?:[,\u2009\u202f]\d{3})+(?:\.\d+)?(?!\d) | \d*\.?\d+ )
    (?: [eE](?P<exponent>[-+−]?\d{1,2})(?!\w)
      | (?P<ten>\s?[x×*·]\s?10)?
        (?: \s?(?:\^|\*\*)\s?\{?(?P<power>[-+−]?\d{1,2})\}?
          | (?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}) ) )?
    """,
    re.VERBOSE,
)
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "K": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "M": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "B": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "T": 1e12,
}
_SCALE = re.compile(
    r"[\s-]?(hundred|thousand|million|billion|trillion|mn|bn)\b|(?<=\d)\s?([kKMBT]|(?<=\d)b)\b"
)
_FALLS = re.compile(
    r"\b(?:below|cut|declin|decreas|degrad|down|drop|fall|fell|few|less|los[est]|low|minus|negative"
    r"|reduc|sav|shr[iu]nk|small|under|worse)",
    re.IGNORECASE,
)
_WORDS_AROUND = 40


def _in_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        value = float(re.sub(r"[,\u2009\u202f]", "", match["digits"]))
        if match["exponent"]:
            value *= _power(10, match["exponent"])
        elif raised := match["power"] or match["raised"]:
            value = value * _power(10, raised) if match["ten"] else _power(value, raised)
        end = match.end()
        if scale := _SCALE.match(text, end):
            value *= _SCALES[scale[1] or scale[2]]
            end = scale.end()
        sign = {"+": 1, None: 0}.get(match["sign"], -1)
        written = text[match.start() : end]
        yield _number(text, written, match.start(), end, value, sign)


def _power(base: float, exponent: str) -> float:
    try:
        return float(base) ** int(exponent.translate(_SUPERSCRIPTS))
    except (OverflowError, ZeroDivisionError):
        return math.inf


def _number(text: str, written: str, start: int, end: int, value: float, sign: int = 0) -> Number:
    """Return a number with what stands after it, and before: a factor of 8 is 8x."""
    unit = unit_at(text, end)
    if unit is None and _FACTOR_OF.search(text, 0, start):
        unit = Unit(TIMES)
    around = text[max(0, start - _WORDS_AROUND) : end + _WORDS_AROUND]
    falls = _FALLS.search(around) is not None
    return Number(written, start, _readings(value, unit, text, end), sign, falls)


_FACTOR_OF = re.compile(r"\bfactors? of (?:about |around |up to |over )?\Z")
_MAGNITUDE = re.compile(r"\s?orders? of magnitude")


def _readings(value: float, unit: Unit | None, text: str, end: int) -> frozenset[Reading]:
    if _MAGNITUDE.match(text, end) and value < 30:
        return frozenset({_plain(TIMES, 10.0**value)})
    if unit is None:
        counts = value.is_integer() and counts_things(text, end)
        return frozenset({_plain(COUNT if counts else BARE, value)})
    readings = {Reading(unit.measures, value * unit.factor, value)}
    if unit.measures == PERCENT:
        readings.add(_plain(RATIO, value * unit.factor / 100))
        if "absolute" in text[max(0, end - 15) : end + 15]:
            readings.add(_plain(POINTS, value))
    return frozenset(readings)


def _plain(measures: str, value: float) -> Reading:
    """Return a reading in a base unit."""
    return Reading(measures, value, value)


# -- in words ------------------------------------------------------------------------------------

_ONES = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10.0 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_MULTIPLES = {"doubl": 2.0, "twice": 2.0, "tripl": 3.0, "thrice": 3.0, "quadrupl": 4.0}
_WORD_NUMBER = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[\s-](?P<after>{'|'.join(list(_ONES)[1:10])}))?"
    rf"|(?P<ones>{'|'.join(_ONES)})|(?P<a>an?)(?=[\s-](?:hundred|thousand|million|billion|trillion)"
    r"\b|[\s]order of magnitude)|(?P<dozen>dozen)|(?P<hundred>hundred)"
    r")(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion))?(?:\b|(?=fold))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(r"\b(doubl(?=e|ing)|twice|tripl(?=e|ing)|thrice|quadrupl)", re.IGNORECASE)
# Words that say how many only to one who asks: "on both" supports "on two".
_UNSAID = {
    0.0: re.compile(r"\b(?:no|none|without)\b", re.IGNORECASE),
    1.0: re.compile(r"\b(?:an?|one|single|once|each|per|first)\b", re.IGNORECASE),
    2.0: re.compile(r"\b(?:both|pairs?|couple|dual|second|twin)\b", re.IGNORECASE),
    3.0: re.compile(r"\bthird\b", re.IGNORECASE),
    1e3: re.compile(r"\bthousand\b", re.IGNORECASE),
    1e6: re.compile(r"\bmillion\b", re.IGNORECASE),
    1e9: re.compile(r"\bbillion\b", re.IGNORECASE),
}
# "A, B and C" are three.
_LIST = re.compile(r"(?:[^,.;:()]{1,60},\s)+(?:[^,.;:()]{1,60}\s)?(?=(?:and|or)\s)")


def _in_words(text: str) -> Iterator[Number]:
    for match in _WORD_NUMBER.finditer(text):
        if match["ones"] and match["ones"].lower() == "one" and not match["scale"]:
            continue  # "one" is a pronoun as well: see _UNSAID
        value = _ONES.get((match["ones"] or "one").lower(), 1.0)
        if match["tens"]:
            value = _TENS[match["tens"].lower()] + _ONES[(match["after"] or "zero").lower()]
        value *= 12 if match["dozen"] else 100 if match["hundred"] else 1
        value *= _SCALES[match["scale"].lower()] if match["scale"] else 1
        yield _number(text, match.group(), match.start(), match.end(), value)
    for match in _MULTIPLE.finditer(text):
        value = _MULTIPLES[match[1].lower()]
        readings = {_plain(TIMES, value)}
        if value == 2:
            readings.add(_plain(PERCENT, 100.0))
        yield Number(match.group(), match.start(), frozenset(readings))
    for value, words in _UNSAID.items():
        for match in words.finditer(text):
            unit = unit_at(text, match.end()) or Unit(COUNT)
            said = _readings(value, unit, text, match.end())
            yield Number(match.group(), match.start(), said, claimed=False)
    for match in _LIST.finditer(text):
        items = match.group().count(",") + (1 if match.group().rstrip().endswith(",") else 2)
        reading = _plain(COUNT, float(items))
        yield Number(match.group(), match.start(), frozenset({reading}), claimed=False)


# -- fractions -----------------------------------------------------------------------------------

_PARTS = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_SEVERAL = {"a": 1.0, "an": 1.0, **_ONES}
_FRACTION = re.compile(
    rf"\b(?P<half>half|halv(?=e|ing))"
    rf"|\b(?P<several>{'|'.join(_SEVERAL)})-(?P<parts>{'|'.join(list(_PARTS)[2:])})s?\b"
    rf"|\b(?P<several_of>{'|'.join(_SEVERAL)})\s(?P<parts_of>{'|'.join(list(_PARTS)[2:])})s?\s+of\b"
    rf"|\b(?P<many>{'|'.join(list(_ONES)[2:])})\s(?P<parts_many>{'|'.join(list(_PARTS)[2:])})s\b"
    r"|(?<![\w./-])(?P<above>\d{1,3})/(?P<below>\d{1,3})(?![\w/.-])",
    re.IGNORECASE,
)


def _fractions(text: str) -> Iterator[Number]:
    for match in _FRACTION.finditer(text):
        if match["half"]:
            share = 0.5
        elif match["above"]:
            if not 0 < int(match["above"]) < int(match["below"]):
                continue
            share = int(match["above"]) / int(match["below"])
        else:
            several = match["several"] or match["several_of"] or match["many"]
            parts = match["parts"] or match["parts_of"] or match["parts_many"]
            share = _SEVERAL[several.lower()] / _PARTS[parts.lower()]
        readings = {_plain(RATIO, share), _plain(RATIO, round(share, 2))}
        # Two-thirds are 66.7 % and 67 % alike.
        readings |= {_plain(PERCENT, round(100 * share, places)) for places in (0, 1, 2)}
        if math.isclose(share, 1 / round(1 / share)):
            readings.add(_plain(TIMES, float(round(1 / share))))  # a third is 3 times less
        yield Number(match.group(), match.start(), frozenset(readings))


# -- inside names --------------------------------------------------------------------------------

_NAME_DIGITS = re.compile(r"(?<=[A-Za-z])-?(\d+(?:\.\d+)?)")


def _in_names(text: str) -> Iterator[Number]:
    """Yield the digits inside names, with a scale: "a 7B model" is supported by "LLaMA-7B"."""
    for match in _NAME_DIGITS.finditer(text):
        scale = _SCALE.match(text, match.end())
        value = float(match[1]) * (_SCALES[scale[1] or scale[2]] if scale else 1)
        reading = _plain(COUNT if scale else IN_NAME, value)
        yield Number(match[1], match.start(1), frozenset({reading}), claimed=False)
