"""Parsing the names of authors and editors in BibTeX."""

import re
from collections.abc import Callable, Iterator

from assistant.papers.names import Name
from assistant.papers.parsing.fields.author_names import without_et_al

_OTHERS = frozenset(("others", "et al", "et al.", "{et al.}", "{others}"))
# A word in braces, which BibTeX does not split. A brace before a command belongs to an accent.
_BRACED_WORD = re.compile(r"(?:^|[\s,])\{(?!\\)")
# Some programs write semicolons instead of "and".
_SPLIT = re.compile(r"\\.|[{}]|(?P<and>\s+and\s+|\s*;(?:\s+|$))", re.IGNORECASE)
# BibTeX allows two commas in a name.
_TOO_MANY_COMMAS = 3
# BibLaTeX's extended format: family=Berg, given=Bo, prefix=van der
_LABELLED = re.compile(r"\s*(family|given|prefix|suffix)(?:-i)?\s*=\s*", re.IGNORECASE)


def names_of(text: str, clean: Callable[[str], str]) -> Iterator[str | Name]:
    """Yield the names in a field; an ``and`` or semicolon inside braces does not separate them.

    Args:
        text: the value of the field.
        clean: strips the markup of a name.
    """
    for name in _split(without_et_al(" ".join(text.split()))):
        for one in _pairs(name) if _has_too_many_commas(name) else (name,):
            if one.casefold() not in _OTHERS:
                yield _name(one, clean)


def _split(names: str) -> Iterator[str]:
    r"""Split names at each ``and`` or semicolon outside braces.

    bibtexparser drops a command at the end of a name, such as ``\o`` in ``Bj \o and Ada Frost``.
    """
    depth = start = 0
    for match in _SPLIT.finditer(names):
        if match["and"] is None:
            depth = max(0, depth + {"{": 1, "}": -1}.get(match.group(), 0))
        elif depth == 0:
            if names[start : match.start()].strip():
                yield names[start : match.start()]
            start = match.end()
    if names[start:].strip():
        yield names[start:]


def _has_too_many_commas(name: str) -> bool:
    """Return whether commas were written instead of ``and``: ``Frost, Ada, Melt, Bo``."""
    commas = name.count(",")
    return commas >= _TOO_MANY_COMMAS and commas % 2 == 1 and not re.search(r"[{=]", name)


def _pairs(name: str) -> list[str]:
    parts = [part.strip() for part in name.split(",")]
    return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def _name(name: str, clean: Callable[[str], str]) -> str | Name:
    if is_one_group(name):
        return Name(literal=clean(name))
    if _LABELLED.match(name):
        return _labelled(name, clean)
    if _BRACED_WORD.search(name):
        return _with_braced_words(name, clean)
    return Name.from_inverted(clean(name)) if "," in name else name


def is_one_group(text: str) -> bool:
    """Return whether a text is enclosed in a single pair of braces."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for letter in text[:-1]:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            return False
    return True


def _with_braced_words(name: str, clean: Callable[[str], str]) -> Name:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(name, strict=False)
    return Name(
        given=clean(" ".join(parts.first)),
        particle=clean(" ".join(parts.von)),
        family=clean(" ".join(parts.last)),
        suffix=clean(" ".join(parts.jr)),
    )


def _labelled(name: str, clean: Callable[[str], str]) -> Name:
    parts: dict[str, str] = {}
    for part in name.split(","):
        if label := _LABELLED.match(part):
            parts.setdefault(label.group(1).casefold(), clean(part[label.end() :]).strip('"'))
    return Name(
        given=parts.get("given", ""),
        particle=parts.get("prefix", ""),
        family=parts.get("family", ""),
        suffix=parts.get("suffix", ""),
    )
