"""Shortening overlong texts."""

CUT = "[…]"
"""Marks the omitted text."""

MAX_TITLE = 400
"""In characters. Titles rarely reach half of this."""


def shortened(text: str, limit: int = MAX_TITLE) -> str:
    """Return a text shortened between words to at most ``limit`` characters, including `CUT`."""
    if len(text) <= limit:
        return text
    start = text[: limit - len(CUT) - 1]
    return f"{start.rpartition(' ')[0] or start} {CUT}"
