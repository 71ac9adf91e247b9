"""Shortening of texts that are far longer than they should be."""

CUT = "[…]"
"""The mark of what was cut."""

MAX_TITLE = 400
"""In characters. Titles rarely have half of it."""


def shortened(text: str, limit: int = MAX_TITLE) -> str:
    """Return a text cut between words to at most ``limit`` characters, the mark included."""
    if len(text) <= limit:
        return text
    start = text[: limit - len(CUT) - 1]
    return f"{start.rpartition(' ')[0] or start} {CUT}"
