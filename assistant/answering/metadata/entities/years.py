"""Conditions on the date of publication: "since 2020", "between 2015 and 2018", "May 2021"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.metadata.words.tokens import NUMBERS
from assistant.text.sentences import Span

_YEAR = r"(?<![\w.,/-])((?:1[5-9]|20)\d\d)(?![\w%]|[.,/]\d)"
_END_YEAR = r"((?:1[5-9]|20)?\d\d)(?![\w%]|[.,/]\d)"
_COUNTS = {"one": 1} | NUMBERS | {"couple of": 2, "few": 3, "several": 5}

_DECADES = {"sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)

_CONDITION = re.compile(
    rf"(?:(?:between|from|in)\s+)?{_YEAR}\s*(?:and|to|through|until|till|up\s+to|-+|[–—])\s*"
    rf"(?P<last>{_END_YEAR})(?P<or_range>)"
    rf"|(?P<before>before|prior\s+to|(?:earlier|older)\s+than|pre-?)\s*{_YEAR}"
    rf"|(?P<until>(?:no|not)\s+later\s+than|up\s+to|until|till|through|by)\s+{_YEAR}"
    rf"|(?P<after>after|(?:later|newer|more\s+recent|younger)\s+than|post-?)\s*{_YEAR}"
    rf"|(?P<since>since|as\s+of|starting\s+(?:in|from|with)|(?:no|not)\s+(?:earlier|older)\s+than)"
    rf"\s+{_YEAR}"
    rf"|{_YEAR}(?P<onwards>\s*(?:,\s*)?(?:or|and)\s+(?:later|newer|after|onwards?|more\s+recent|up)"
    rf"|\s+on(?:wards?)?\b(?!\s+\w))"
    rf"|{_YEAR}(?P<backwards>\s*(?:,\s*)?(?:or|and)\s+(?:earlier|older|before))"
    r"|(?P<decade>(?:1[5-9]|20)\d0|(?<=\bthe\s)[‘’']?\d0)['’]?s\b"
    rf"|(?<=\bthe\s)(?P<named_decade>{'|'.join(_DECADES)})\b"
    r"|(?:last|past|previous|recent)\s+(?P<recent>\d{1,2}|" + "|".join(_COUNTS) + r")\s+years?\b"
    r"|(?P<this>\b(?:this|current)\s+year\b|\b(?:past|previous)\s+(?:year|12\s+months)\b)"
    r"|(?P<last_year>\blast\s+year\b)"
    r"|(?P<last_decade>\b(?:last|past)\s+decade\b)"
    rf"|(?:(?P<month>{_MONTH})\.?,?\s+)?(?P<plain>{_YEAR})",
    re.IGNORECASE,
)
_FIRST, _LAST = 0, 9999


@dataclass(frozen=True, slots=True)
class YearRange:
    """A condition on the year of publication.

    Attributes:
        first: the first year.
        last: the last year.
        span: the span of the condition in the question.
        month: 1 to 12 if the condition is on a month of that year; otherwise 0.
    """

    first: int
    last: int
    span: Span
    month: int = 0

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last

    def __str__(self) -> str:
        if self.month:
            return f"from {_MONTHS[self.month - 1].capitalize()} {self.first}"
        if self.first == self.last:
            return f"from {self.first}"
        if self.first == _FIRST:
            return f"before {self.last + 1}"
        if self.last == _LAST:
            return f"since {self.first}"
        return f"from {self.first} to {self.last}"


def year_ranges(question: str, newest: int) -> list[YearRange]:
    """Return the conditions on the year in a question.

    Args:
        question: the question in plain words.
        newest: the year of the newest paper; "last two years" is relative to it.
    """
    return [
        YearRange(*_bounds(match, newest), Span(*match.span()), _month_of(match))
        for match in _CONDITION.finditer(question)
    ]


def is_in(date: str, ranges: Sequence[YearRange]) -> bool | None:
    """Return whether a date meets conditions; None if the date is not precise enough.

    It has to be in every open-ended range ("since 2015 but before 2020") and, if there are closed
    ranges ("2019 or 2021"), in at least one of them.

    Args:
        date: the known part of a date in ISO format; may be empty.
        ranges: the conditions.
    """
    if not date:
        return None
    year, month = int(date[:4]), int(date[5:7] or 0)
    closed = [one for one in ranges if one.first != _FIRST and one.last != _LAST]
    if not all(year in one for one in ranges if one not in closed):
        return False
    fitting = [one for one in closed if year in one]
    if not closed or any(one.month in (0, month) for one in fitting):
        return True
    return None if fitting and not month else False


def _bounds(match: re.Match[str], newest: int) -> tuple[int, int]:
    if match["named_decade"]:
        first = 1900 + _DECADES[match["named_decade"].lower()]
        return first, first + 9
    if match["decade"]:
        digits = match["decade"].strip("‘’'")
        # "the 90s" is the latest such decade that does not begin after the newest paper.
        first = int(digits) if len(digits) == 4 else newest - (newest - int(digits)) % 100
        return first, first + 9
    if match["recent"]:
        count = match["recent"].lower()
        return newest - (_COUNTS.get(count) or int(count)) + 1, newest
    if match["this"]:
        return newest, newest
    if match["last_year"]:
        return newest - 1, newest - 1
    if match["last_decade"]:
        return newest - 9, newest
    years = list(_years_in(match))
    first = years[0]
    if match["or_range"] is not None:
        last = match["last"]
        end = int(last) if len(last) == 4 else first - first % 100 + int(last)
        return min(first, end), max(first, end)
    if match["before"]:
        return _FIRST, first - 1
    if match["until"] or match["backwards"]:
        return _FIRST, first
    if match["after"]:
        return first + 1, _LAST
    if match["since"] or match["onwards"]:
        return first, _LAST
    return first, first


def _month_of(match: re.Match[str]) -> int:
    beginning = (match["month"] or "").lower()
    names = [month[:3] for month in _MONTHS]
    return names.index(beginning[:3]) + 1 if beginning else 0


def _years_in(match: re.Match[str]) -> Iterator[int]:
    for digits in re.findall(r"(?:1[5-9]|20)\d\d", match[0]):
        yield int(digits)
