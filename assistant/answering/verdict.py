"""Verdicts: questions that want a yes or no, and claims that are true or false.

The verdict is taken from the share of each word in the model's reply and stands first; the model is
then asked for the reason alone, so that the two cannot part ways.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.models import Calibration
from assistant.papers import Paper

Scale: TypeAlias = tuple[str, ...]

_TRUTH: Scale = ("true", "false")
_YES_NO: Scale = ("yes", "no", "maybe")
# What a small model says too readily.
_LEANT_TO = ("yes", "maybe", "true")

_CLAIM = re.compile(r"\W*(true or false\b|is it (true|false) that\b)", re.IGNORECASE)
_VERB = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|may|might|must)\b"
# The last of several sentences asks, or what stands after the topic: "Decaf: is it as good?"
_BEFORE_ASKED = re.compile(rf"[.!?:;]\s+|\s*(?:--+|[–—])\s*|,\s+(?={_VERB}|an?\b)", re.IGNORECASE)
# "Decaf: a lasting habit?" asks as "Is decaf a lasting habit?" does.
_AFTER_TOPIC = re.compile(r"(?:an?|another|still|really)\b.*\?\W*$", re.IGNORECASE)
_YES_NO_QUESTION = re.compile(_VERB, re.IGNORECASE)
_REQUEST = re.compile(r"(?:can|could|would|will) you\b", re.IGNORECASE)
_WH = r"(?:what|which|who|how|why|where|when)\b"
_ASKS_ELSE = re.compile(rf"\b{_WH}", re.IGNORECASE)
# With one of these a question wants more than a verdict ("... and by how much?") or a choice
# ("Does it use A or B?"); "80 or older" is none.
_WANTS_MORE = re.compile(
    r"\bor\b(?!\s+(?:not|more|less|fewer|older|younger|later|earlier|above|below|even)\b)"
    rf"|(?:\band|\bor|[,;])\s+(?:\w+\s+)?{_WH}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verdict is taken from.

    Attributes:
        paper: of the evidence.
        scale: the verdicts.
        shares: of each in the model's reply, 0 to 1.
    """

    paper: Paper
    scale: Scale
    shares: tuple[float, ...]


def verdict_scale(question: str) -> Scale | None:
    """Return the verdicts that a question wants one of; None if it wants none."""
    if _CLAIM.match(question):
        return _TRUTH
    topic, asked = "", question.strip()
    for mark in _BEFORE_ASKED.finditer(asked):
        topic, asked = question.strip()[: mark.start()], question.strip()[mark.end() :]
    if _REQUEST.match(asked) or _WANTS_MORE.search(asked):
        return None
    if topic:
        asks = _YES_NO_QUESTION.match(asked) or _AFTER_TOPIC.match(asked)
        return _YES_NO if asks and not _ASKS_ELSE.search(question) else None
    return _YES_NO if _YES_NO_QUESTION.match(asked) else None


def choose_verdict(scale: Scale, shares: Sequence[float], calibration: Calibration) -> str:
    """Return the verdict of a scale with the greatest share in the model's reply.

    Args:
        scale: the verdicts.
        shares: of each, 0 to 1.
        calibration: of the model, which may lean towards true, or towards yes, and with it from no
            to maybe.
    """
    bias = calibration.truth_bias if scale == _TRUTH else calibration.verdict_bias
    weights = [
        share * math.exp(-bias) if verdict in _LEANT_TO else share
        for verdict, share in zip(scale, shares, strict=True)
    ]
    return scale[weights.index(max(weights))]


def without_verdict(text: str, scale: Scale) -> str:
    """Return a sentence without the verdict that it begins with; empty if that is all it is."""
    if not scale:
        return text
    rest = re.sub(
        rf"\A(?:(?:{'|'.join(scale)})\b(?:[,.:;!]\s*|\Z))+", "", text, flags=re.IGNORECASE
    )
    return rest[:1].upper() + rest[1:] if rest != text else text
