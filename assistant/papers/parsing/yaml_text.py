"""Decoding YAML and Markdown front matter. All scalars, even dates and numbers, are strings."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_TOML = "+++"


def decode_yaml(text: str) -> object:
    """Return the lists, objects and strings in YAML; None if it is not valid.

    Several documents become a list.
    """
    import yaml

    # Constructs only strings, lists and dicts.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        documents = [one for one in yaml.load_all(text, Loader=loader) if one]
    # TypeError: a key may be a list, which is not hashable.
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return None
    return documents if len(documents) > 1 else next(iter(documents), None)


def front_matter(lines: Sequence[str]) -> tuple[Mapping[str, Any], int]:
    """Return the front matter at the beginning of a file, and the number of its lines.

    Front matter is YAML between two lines of three hyphens, or TOML between two of three plus
    signs. It is empty if it is not valid.
    """
    fence = lines[0].strip() if lines else ""
    if fence not in _FENCES:
        return {}, 0
    ends = (n for n, line in enumerate(lines) if n and line.strip() in _FENCES[fence])
    end = next(ends, None)
    if end is None:
        return {}, 0
    text = "\n".join(lines[1:end])
    value = _decode_toml(text) if fence == _TOML else decode_yaml(text)
    fields = value if isinstance(value, dict) else {}
    return {str(name): field for name, field in fields.items()}, end + 1


def _decode_toml(text: str) -> object:
    try:
        return _with_texts(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _with_texts(value: object) -> object:
    if isinstance(value, dict):
        return {name: _with_texts(one) for name, one in value.items()}
    return [_with_texts(one) for one in value] if isinstance(value, list) else str(value)
