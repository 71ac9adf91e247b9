"""Repairing entries that bibtexparser refuses, although BibTeX programs read them."""

import re
from collections.abc import Iterator

_WITHOUT_KEY = re.compile(r"(\s*@\s*[A-Za-z]+\s*[{(])(?=\s*[A-Za-z][\w-]*\s*=)")
_SIGN = re.compile(r'\\.|[{}",]', re.DOTALL)
_COMMA = re.compile(r"\s*,")


def repaired(text: str) -> str:
    """Return an entry with an empty key if it had none, and without empty fields (``, ,``)."""
    text = _WITHOUT_KEY.sub(r"\1,", text, count=1)
    pieces: list[str] = []
    start = 0
    for comma in _commas_between_fields(text):
        if _COMMA.match(text, comma + 1):
            pieces.append(text[start:comma])
            start = comma + 1
    return "".join(pieces) + text[start:]


def _commas_between_fields(text: str) -> Iterator[int]:
    """Yield the offsets of the commas that are not inside a value."""
    # Parentheses around an entry count as no depth.
    outside = 0 if text.lstrip().partition("{")[0].count("(") else 1
    depth, is_quoted = 0, False
    for sign in _SIGN.finditer(text):
        match sign.group():
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case '"' if depth == outside:
                is_quoted = not is_quoted
            case "," if depth == outside and not is_quoted:
                yield sign.start()
