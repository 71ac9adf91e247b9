"""Quantities written in digits, including digits inside names."""

import math
import re
from collections.abc import Iterator

from assistant.text.quantities.quantity import Quantity, in_base_unit, quantity_at
from assistant.text.quantities.units import COUNT, IN_NAME

SCALES = {
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
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
_DIGITS = re.compile(
    r"""
    (?: (?<![\w.%)\]–-]) (?P<sign>[-−–+])       # a sign, not the hyphen in 3-5, 3--5 or top-5
      | (?<![\w.]) (?<![A-Za-z]-) | (?<=\d[x]) )  # not in GPT-4 or Qwen2.5, but in 32x32
    (?P<digits> \d+(?:[,\u2009\u202f]\d{3})+(?:\.\d+)?(?!\d)
      | \d+·\d+(?!\d|\s?(?:\^|\*\*|[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹])) # 12·5 %, but not 5·10^6
      | \d*\.?\d+ )
    (?: [eE](?P<exponent>[-+−]?\d{1,2})(?!\w)
      | (?P<ten>\s?[x×*·]\s?10)?
        (?: \s?(?:\^|\*\*)\s?\{?(?P<power>[-+−]?\d{1,2})\}?
          | (?<=10)\((?P<bracketed>[-−–]\d{1,2})\)    # 5 x 10(-8)
          | (?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}) ) )?
    """,
    re.VERBOSE,
)


def quantities_in_digits(text: str) -> Iterator[Quantity]:
    """Yield the numbers written in digits, with their scale (``57B``) or power (``10^5``)."""
    for match in _DIGITS.finditer(text):
        value = float(re.sub(r"[,\u2009\u202f]", "", match["digits"]).replace("·", "."))
        if match["exponent"]:
            value *= _power(10, match["exponent"])
        elif raised := match["power"] or match["bracketed"] or match["raised"]:
            value = value * _power(10, raised) if match["ten"] else _power(value, raised)
        end = match.end()
        if scale := _SCALE.match(text, end):
            value *= SCALES[scale[1] or scale[2]]
            end = scale.end()
        sign = {"+": 1, None: 0}.get(match["sign"], -1)
        written = text[match.start() : end]
        yield quantity_at(text, written, match.start(), end, value, sign)


def _power(base: float, exponent: str) -> float:
    try:
        return float(base) ** int(exponent.translate(_SUPERSCRIPTS))
    except (OverflowError, ZeroDivisionError):
        return math.inf


_NAME_DIGITS = re.compile(r"(?<=[A-Za-z])-?(\d+(?:\.\d+)?)")


def quantities_in_names(text: str) -> Iterator[Quantity]:
    """Yield the numbers inside names, with their scale: "LLaMA-7B" supports "a 7B model"."""
    for match in _NAME_DIGITS.finditer(text):
        scale = _SCALE.match(text, match.end())
        value = float(match[1]) * (SCALES[scale[1] or scale[2]] if scale else 1)
        meaning = in_base_unit(COUNT if scale else IN_NAME, value)
        yield Quantity(match[1], match.start(1), frozenset({meaning}), explicit=False)
