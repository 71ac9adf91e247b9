"""Names of authors and editors in values of any form: strings, lists, objects with parts."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from assistant.papers.names import Name
from assistant.papers.parsing.fields.author_names import natural_name, split_authors
from assistant.papers.parsing.python_literals import decoded
from assistant.papers.parsing.text_cleaning import clean_text

_PLACEHOLDER = re.compile(r"\s*(?:nan|none|null|n/?a|unknown|anonymous|-+)?\s*", re.IGNORECASE)
_WHOLE = ("name", "display_name", "full_name", "fullName", "literal", "text", "@value")
_GIVEN = ("given", "first", "firstName", "first_name", "forename", "given-names", "givenName")
_MIDDLE = ("middle", "middleName", "middle_name")
_FAMILY = ("family", "last", "lastName", "last_name", "surname", "family-names", "familyName")
_PARTICLE = ("non-dropping-particle", "dropping-particle", "name-particle", "prefix")
_SUFFIX = ("suffix", "name-suffix")
_ROLE = ("creatorType", "role", "contributorType")
_AUTHOR = frozenset(("author", "creator", "presenter", "artist", "programmer", "inventor"))


def names_of(value: object, *, role: str | None = None) -> tuple[str | Name, ...]:
    """Return the names in a value: a string, or a list of strings, objects or lists of parts.

    Args:
        value: the value. A string may contain a list in JSON or Python syntax.
        role: the role, such as ``editor``; by default that of an author. Objects that state another
            role are skipped.
    """
    if isinstance(value, str):
        found = decoded(value)
        if isinstance(found, str):
            return () if _PLACEHOLDER.fullmatch(found) else split_authors(unescape(found))
        value = found
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return ()
    return tuple(name for name in (_name(item, role) for item in value) if name and str(name))


def _name(item: object, role: str | None) -> str | Name | None:
    match item:
        case str():
            return None if _PLACEHOLDER.fullmatch(item) else natural_name(unescape(item))
        case [str(family), str(given), *rest]:
            suffix = next((part for part in rest if isinstance(part, str)), "")
            return _cleaned(family=family, given=given, suffix=suffix)
        case dict() if _has_role(item, role):
            return _name_of_object(item)
    return None


def _has_role(fields: Mapping[str, Any], role: str | None) -> bool:
    stated = next((fields[name] for name in _ROLE if isinstance(fields.get(name), str)), None)
    if stated is None:
        return role is None
    return stated.casefold() == role if role else stated.casefold() in _AUTHOR


def _name_of_object(fields: Mapping[str, Any]) -> str | Name | None:
    family = _text(fields, _FAMILY)
    if family:
        given = " ".join(filter(None, (_text(fields, _GIVEN), _text(fields, _MIDDLE))))
        particle = _text(fields, _PARTICLE)
        return _cleaned(
            family=family,
            given=given,
            # Crossref's prefix may be a title, such as "Dr.".
            particle=particle if particle.islower() else "",
            suffix=_text(fields, _SUFFIX),
        )
    whole = _text(fields, _WHOLE)
    if "literal" in fields and whole == fields["literal"]:
        return Name(literal=clean_text(whole))
    return natural_name(whole) if whole else _text(fields, _GIVEN) or None


def _text(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    values = (fields[name] for name in names if fields.get(name))
    texts = (
        " ".join(v) if isinstance(v, list) and all(isinstance(i, str) for i in v) else v
        for v in values
    )
    return next((text for text in texts if isinstance(text, str)), "")


def _cleaned(**parts: str) -> Name:
    return Name(**{part: clean_text(text) for part, text in parts.items()})
