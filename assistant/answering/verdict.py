"""Verdicts: questions that want a yes or no, and claims that are true or false.

The verdict is taken from the share of each word in the model's reply and stands first; the model is
then asked for the reason alone, so that the two cannot part ways.
"""

import re
from typing import TypeAlias

Scale: TypeAlias = tuple[str, ...]

_TRUTH: Scale = ("true", "false")
_YES_NO: Scale = ("yes", "no", "maybe")

_CLAIM = re.compile(r"\W*(true or false\b|is it (true|false) that\b)", re.IGNORECASE)
_YES_NO_QUESTION = re.compile(
    r"(is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|may|might|must)\b",
    re.IGNORECASE,
)
# With one of these a question wants more than a verdict, or something else: "Does it use A or B?"
_WANTS_MORE = re.compile(r"\b(or|what|which|who|how|why|where|when)\b(?!\s+not\b)", re.IGNORECASE)


def verdict_scale(question: str) -> Scale | None:
    """Return the verdicts that a question wants one of; None if it wants none."""
    if _CLAIM.match(question):
        return _TRUTH
    # Of several sentences the last one asks.
    asked = re.split(r"[.!?:;]\s+", question.strip())[-1]
    if _YES_NO_QUESTION.match(asked) and not _WANTS_MORE.search(asked):
        return _YES_NO
    return None
