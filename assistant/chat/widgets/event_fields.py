"""Safe access to the fields of an event, whatever a browser sends in them."""

from typing import Any

MAX_CHARACTERS = 2000
"""The longest text that an event may carry: a question or a correction."""

_MAX_DIGITS = 9


def text(event: Any, name: str) -> str:
    """Return a field as text, cut to `MAX_CHARACTERS`; empty if it is missing or not text."""
    value = _field(event, name)
    return value[:MAX_CHARACTERS] if isinstance(value, str) else ""


def number(event: Any, name: str) -> int | None:
    """Return a field as a whole number of up to nine digits; None if it is anything else.

    Numbers arrive as text, because they come from data attributes.
    """
    written = text(event, name)
    is_number = written.isascii() and written.isdecimal() and len(written) <= _MAX_DIGITS
    return int(written) if is_number else None


def texts(event: Any, name: str) -> list[str]:
    """Return a field as a list of texts, without items of other types; empty if it is no list."""
    value = _field(event, name)
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, str)]


def flag(event: Any, name: str) -> bool:
    """Return whether a field is true."""
    return _field(event, name) is True


def _field(event: Any, name: str) -> object:
    # Gradio's EventData keeps what the browser sent, and raises for a missing field.
    data = event._data
    return data.get(name) if isinstance(data, dict) else None
