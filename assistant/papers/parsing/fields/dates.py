"""Parsing dates of publication."""

import re

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR = r"(?:1[5-9]|2[01])[0-9]{2}"
_MONTH_NAME = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_SEPARATOR = r"(?:\s*[-/., ]\s*)"
# The first day of a conference: 3-5
_DAYS = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.?"
    r"(?:\s*(?:-{1,2}|[–—/])\s*[0-9]{1,2}(?:st|nd|rd|th)?\.?)?"
)
_PATTERNS = tuple(
    re.compile(rf"\W*{pattern}(?![0-9])", re.IGNORECASE)
    for pattern in (
        # 2021 3-5 June
        rf"(?P<year>{_YEAR}){_SEPARATOR}{_DAYS}{_SEPARATOR}{_MONTH_NAME}",
        # 2021-03-09, 2021/03, 2021 Mar 9, 2021-Mar-Apr
        rf"(?P<year>{_YEAR}){_SEPARATOR}(?:(?P<number>[0-9]{{1,2}})|{_MONTH_NAME})"
        rf"(?![0-9])(?:{_SEPARATOR}(?P<day>[0-9]{{1,2}}))?",
        # 20210309
        rf"(?P<year>{_YEAR})(?P<number>[0-9]{{2}})(?P<day>[0-9]{{2}})",
        # 9 March 2021, Mon, 9 Mar 2021, 3-5 June 2021
        rf"(?:[a-z]{{3}},\s*)?{_DAYS}{_SEPARATOR}{_MONTH_NAME}{_SEPARATOR}(?P<year>{_YEAR})",
        # March 9, 2021, March 2021, June 3-5, 2021
        rf"{_MONTH_NAME}(?:{_SEPARATOR}{_DAYS})?{_SEPARATOR}(?P<year>{_YEAR})",
    )
)


def iso_date(text: str | None) -> str | None:
    """Return the date at the beginning of a text as ``YYYY-MM-DD`` or ``YYYY-MM``.

    None if the text does not begin with a date that has at least a year and a month.
    """
    matches = (pattern.match(text or "") for pattern in _PATTERNS)
    found = next(filter(None, matches), None)
    if found is None:
        return None
    parts = {"number": None, "month": None, "day": None} | found.groupdict()
    name = parts["month"]
    month = _MONTHS.index(name.casefold()) + 1 if name else int(parts["number"] or 0)
    day = int(parts["day"] or 0)
    if not 1 <= month <= 12:
        return None
    date = f"{parts['year']}-{month:02}"
    return f"{date}-{day:02}" if 1 <= day <= 31 else date
