"""Names as reference managers write them, with the family name first."""

import re

from assistant.papers.names import Name
from assistant.papers.parsing.text_cleaning import clean_text

# A longer word in capitals is a family name.
_INITIALS = re.compile(r"[^\W\d_]{1,4}|(?:[^\W\d_]{1,2}\.-?)+")


def bibliography_name(text: str) -> str | Name:
    """Parse a name such as ``Frost, Ada``.

    A name that ends with a comma is an organisation's. A text without a comma is returned
    unchanged.
    """
    text = clean_text(text)
    family, comma, rest = text.partition(",")
    if comma and not rest.strip():
        return Name(literal=family.strip()) if family.strip() else ""
    return Name.from_inverted(text) if comma else text


def name_with_initials(text: str) -> str | Name:
    """Parse a family name with initials, such as ``Frost AB`` or ``Frost A.B.``."""
    family, _, initials = clean_text(text).rpartition(" ")
    if family and initials.isupper() and _INITIALS.fullmatch(initials):
        return Name.from_inverted(f"{family}, {initials}")
    return text
