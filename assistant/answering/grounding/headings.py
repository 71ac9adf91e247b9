"""Headings that the model writes, grounded in the papers under them."""

import re
from collections.abc import Collection

from assistant.switches import ALL_CHECKS
from assistant.text.words import content_stems

# The model is asked for two to five words.
_MAX_WORDS = 8
_NUMBER = re.compile(r"\d+")
_MARKUP = ".:\"'*# "


def grounded_heading(written: str, text: str, checks: Collection[str] = ALL_CHECKS) -> str:
    """Return a heading without its markup; empty if it is not grounded in a text.

    Args:
        written: what the model wrote.
        text: the text of the papers under the heading.
        checks: the names of the enabled checks.
    """
    heading = " ".join(written.split()).strip(_MARKUP)
    return heading if "headings" not in checks or is_grounded_heading(heading, text) else ""


def is_grounded_heading(heading: str, text: str) -> bool:
    """Return whether a heading is short and grounded in a text.

    At least half of its content words and all of its numbers have to occur in the text.
    """
    words = content_stems(heading)
    known = words & content_stems(text)
    return (
        bool(words)
        and len(heading.split()) <= _MAX_WORDS
        and 2 * len(known) >= len(words)
        and set(_NUMBER.findall(heading)) <= set(_NUMBER.findall(text))
    )
