"""Parsing the values of BibTeX fields: braces, quotation marks, macros, and ``#`` between them.

bibtexparser separates the entries and fields. It does not process concatenated values, and after a
missing comma it treats the next field as part of the value.
"""

import re
from collections.abc import Mapping

# A word without braces or quotation marks: a number or the name of a macro.
_BARE = re.compile(r"""[^\s{}"#,=]+""")
_JOIN = "#"


def field_value(text: str, macros: Mapping[str, str]) -> str | None:
    """Return the value of a field with its macros expanded; None if it is malformed.

    Args:
        text: the value as in the file, with its braces or quotation marks.
        macros: the values of macros by case-folded name. Unknown names, such as months, are kept.
    """
    parts: list[str] = []
    at = _after_space(text, 0)
    while True:
        if at == len(text):
            return None if parts or text.strip() else ""
        end = _end_of_part(text, at)
        if end is None:
            return None
        part = text[at:end]
        parts.append(part[1:-1] if part[0] in '{"' else _expanded(part, macros))
        at = _after_space(text, end)
        if at == len(text):
            return "".join(parts)
        if text[at] != _JOIN:
            return None
        at = _after_space(text, at + 1)


def _after_space(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip())


def _end_of_part(text: str, start: int) -> int | None:
    """Return the end of the part that begins at an offset; None if it has no end."""
    if text[start] not in '{"':
        bare = _BARE.match(text, start)
        return bare.end() if bare else None
    depth = 0
    for at in range(start, len(text)):
        letter = text[at]
        if letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0 and text[start] == "{":
                return at + 1
        elif letter == '"' == text[start] and depth == 0 and at > start:
            return at + 1
    return None


def _expanded(word: str, macros: Mapping[str, str]) -> str:
    return macros.get(word.casefold(), word)
