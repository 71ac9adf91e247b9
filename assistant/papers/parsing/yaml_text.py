"""Decode YAML, and the front matter of Markdown. All scalars are texts: dates and numbers too."""

from collections.abc import Mapping, Sequence
from typing import Any

_FENCE = "---"
_ENDS = ("---", "...")


def decode_yaml(text: str) -> object:
    """Return the lists, objects and texts in a YAML document, None if it is not valid."""
    import yaml

    # Constructs nothing but texts, lists and objects.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(text, Loader=loader)
    # A key may be a list, which cannot be hashed.
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return None


def front_matter(lines: Sequence[str]) -> tuple[Mapping[str, Any], int]:
    """Return the front matter at the beginning of a file, and the number of its lines.

    Front matter is YAML between two lines of three hyphens. It is empty if it is not valid.
    """
    if not lines or lines[0].strip() != _FENCE:
        return {}, 0
    ends = (number for number, line in enumerate(lines) if number and line.strip() in _ENDS)
    end = next(ends, None)
    if end is None:
        return {}, 0
    value = decode_yaml("\n".join(lines[1:end]))
    fields = value if isinstance(value, dict) else {}
    return {str(name): field for name, field in fields.items()}, end + 1
