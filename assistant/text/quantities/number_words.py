"""Quantities written in words: eight-fold, doubling, two-thirds, twenty-five; both, a, none."""

import math
import re
from collections.abc import Iterator

from assistant.text.quantities.digits import SCALES
from assistant.text.quantities.quantity import (
    Quantity,
    in_base_unit,
    interpretations_of,
    quantity_at,
)
from assistant.text.quantities.units import COUNT, PERCENT, RATIO, TIMES, Unit, unit_at

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
_MULTIPLES = {"do": 2.0, "tw": 2.0, "tr": 3.0, "th": 3.0, "qu": 4.0}
_WORD_NUMBER = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[\s-](?P<after>{'|'.join(list(_ONES)[1:10])}))?"
    rf"|(?P<ones>{'|'.join(_ONES)})|(?P<a>an?)(?=[\s-](?:hundred|thousand|million|billion|trillion)"
    r"\b|[\s]order of magnitude)|(?P<dozen>dozen)|(?P<hundred>hundred)"
    r")(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion))?(?:\b|(?=fold))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:twice|thrice|(?:doubl|tripl|quadrupl)(?:e[sd]?|ing))\b", re.IGNORECASE
)
# Words that imply a number without stating one: "on both" supports "on two".
_IMPLIED_NUMBERS = {
    0.0: re.compile(r"\b(?:no|none|without)\b", re.IGNORECASE),
    1.0: re.compile(r"\b(?:an?|one|single|once|each|per|first)\b", re.IGNORECASE),
    2.0: re.compile(r"\b(?:both|pairs?|couple|dual|second|twin)\b", re.IGNORECASE),
    3.0: re.compile(r"\bthird\b", re.IGNORECASE),
    1e3: re.compile(r"\bthousand\b", re.IGNORECASE),
    1e6: re.compile(r"\bmillion\b", re.IGNORECASE),
    1e9: re.compile(r"\bbillion\b", re.IGNORECASE),
}
# "A, B and C" implies three.
_ENUMERATION = re.compile(r"(?:[^,.;:()]{1,60},\s)+(?:[^,.;:()]{1,60}\s)?(?=(?:and|or)\s)")


def quantities_in_words(text: str) -> Iterator[Quantity]:
    """Yield the numbers written in words, and those implied by words or enumerations."""
    yield from _number_words(text)
    yield from _multiples(text)
    yield from _implied(text)


def _number_words(text: str) -> Iterator[Quantity]:
    for match in _WORD_NUMBER.finditer(text):
        if match["ones"] and match["ones"].lower() == "one" and not match["scale"]:
            continue  # "one" may be a pronoun: see _IMPLIED_NUMBERS
        value = _ONES.get((match["ones"] or "one").lower(), 1.0)
        if match["tens"]:
            value = _TENS[match["tens"].lower()] + _ONES[(match["after"] or "zero").lower()]
        value *= 12 if match["dozen"] else 100 if match["hundred"] else 1
        value *= SCALES[match["scale"].lower()] if match["scale"] else 1
        yield quantity_at(text, match.group(), match.start(), match.end(), value)


def _multiples(text: str) -> Iterator[Quantity]:
    for match in _MULTIPLE.finditer(text):
        value = _MULTIPLES[match.group()[:2].lower()]
        meanings = {in_base_unit(TIMES, value)}
        if value == 2:
            meanings.add(in_base_unit(PERCENT, 100.0))
        yield Quantity(match.group(), match.start(), frozenset(meanings))


def _implied(text: str) -> Iterator[Quantity]:
    for value, words in _IMPLIED_NUMBERS.items():
        for match in words.finditer(text):
            unit = unit_at(text, match.end()) or Unit(COUNT)
            meanings = interpretations_of(value, unit, text, match.end())
            yield Quantity(match.group(), match.start(), meanings, explicit=False)
    for match in _ENUMERATION.finditer(text):
        items = match.group().count(",") + (1 if match.group().rstrip().endswith(",") else 2)
        meaning = in_base_unit(COUNT, float(items))
        yield Quantity(match.group(), match.start(), frozenset({meaning}), explicit=False)


_DENOMINATORS = {
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
_PLURAL_NUMERATORS = {word: value for word, value in _ONES.items() if value > 1}
_NUMERATORS = {"a": 1.0, "an": 1.0, "one": 1.0, **_PLURAL_NUMERATORS}
_FRACTION = re.compile(
    rf"\b(?P<half>half|halv(?:e[sd]?|ing))\b"
    # "a third of" is a fraction, "a third method" is not.
    rf"|\b(?:(?P<numerator>{'|'.join(_NUMERATORS)})(?:-|\s(?=\w+\s+of\b))"
    rf"|(?P<plural>{'|'.join(_PLURAL_NUMERATORS)})\s(?=\w+s\b))"
    rf"(?P<denominator>{'|'.join(_DENOMINATORS)})s?\b"
    r"|(?<![\w./-])(?P<above>\d{1,3})/(?P<below>\d{1,3})(?![\w/.-])",
    re.IGNORECASE,
)


def fractions(text: str) -> Iterator[Quantity]:
    """Yield the fractions in a text, written in words or digits."""
    for match in _FRACTION.finditer(text):
        if match["half"]:
            share = 0.5
        elif match["above"]:
            if not 0 < int(match["above"]) < int(match["below"]):
                continue
            share = int(match["above"]) / int(match["below"])
        else:
            numerator = _NUMERATORS[(match["numerator"] or match["plural"]).lower()]
            share = numerator / _DENOMINATORS[match["denominator"].lower()]
        meanings = {in_base_unit(RATIO, share), in_base_unit(RATIO, round(share, 2))}
        # Two-thirds may be rounded to 66.67 %, 66.7 % or 67 %.
        meanings |= {in_base_unit(PERCENT, round(100 * share, places)) for places in (0, 1, 2)}
        if math.isclose(1 / share, round(1 / share)):
            meanings.add(in_base_unit(TIMES, float(round(1 / share))))  # a third is 3 times less
        yield Quantity(match.group(), match.start(), frozenset(meanings))
