"""Verdicts: questions that want a yes or no, and claims that are true or false.

The verdict is taken from the share of each word in the model's reply, and from the model's state
where the reply begins, read by a probe. It stands first; the model is then asked for the reason
alone, so that the two cannot part ways.

Design notes: docs/design/verdicts.md
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.answering.answerability import apply_probe
from assistant.answering.log_odds import log_odds, share_at
from assistant.llm import Values
from assistant.models import Calibration

Scale: TypeAlias = tuple[str, ...]

TRUTH: Scale = ("true", "false")
YES_NO: Scale = ("yes", "no", "maybe")
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
_WH = r"(?:what|which|who|whom|whose|how|why|where|when)\b"
_ASKS_ELSE = re.compile(rf"\b{_WH}", re.IGNORECASE)
# With one of these a question wants more than a verdict ("... and by how much?") or a choice
# ("Does it use A or B?"); "80 or older" is none.
_WANTS_MORE = re.compile(
    r"\bor\b(?!\s+(?:not|more|less|fewer|older|younger|later|earlier|above|below|even)\b)"
    rf"|(?:\band|\bor|[,;])\s+(?:\w+\s+)?{_WH}",
    re.IGNORECASE,
)
# Of all answers of the model so many begin with yes or no where that is what is asked: to 12 of 15
# such questions of our own that no pattern above knows, and to 1 of 30 others, nor to any of 128 of
# our sets.
_BEGINS = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class VerdictScores:
    """What a verdict is taken from.

    Attributes:
        scale: the verdicts.
        shares: of each in the model's reply, 0 to 1.
        state: the model's where its reply begins; None if it cannot be read.
    """

    scale: Scale
    shares: tuple[float, ...]
    state: Values | None


def verdict_scale(question: str) -> Scale | None:
    """Return the verdicts that a question wants one of; None if it wants none."""
    if _CLAIM.match(question):
        return TRUTH
    topic, asked = "", question.strip()
    for mark in _BEFORE_ASKED.finditer(asked):
        topic, asked = question.strip()[: mark.start()], question.strip()[mark.end() :]
    if _REQUEST.match(asked) or _WANTS_MORE.search(asked):
        return None
    if topic:
        asks = _YES_NO_QUESTION.match(asked) or _AFTER_TOPIC.match(asked)
        return YES_NO if asks and not _ASKS_ELSE.search(question) else None
    return YES_NO if _YES_NO_QUESTION.match(asked) else None


def implied_scale(question: str, begins_with: Callable[[Sequence[str]], float]) -> Scale | None:
    """Return the verdicts that a question wants though its form does not say so.

    None if it wants none. "Rubber wheels: worth the money?" and "Do wood or rubber wheels wear
    out?" want one, "Rubber wheels: price?" and "Are they of wood or rubber?" do not: the model
    tells them apart.

    Args:
        question: for which `verdict_scale` finds none.
        begins_with: returns the share of all answers that begin with one of some words, 0 to 1.
    """
    if _ASKS_ELSE.search(question) or begins_with(YES_NO[:2]) < _BEGINS:
        return None
    return YES_NO


def choose_verdict(weighed: VerdictScores, calibration: Calibration) -> str:
    """Return the verdict with the greatest share.

    Args:
        weighed: what it is taken from.
        calibration: of the model, which may lean towards true, or towards yes, and with it from no
            to maybe. What its probe tells of the first two, if it has one, is added to the words'
            log-odds: each knows what the other does not.

    Raises:
        ModelError: the probe was fitted on another model's states.
    """
    scale, shares = weighed.scale, weighed.shares
    truth = scale == TRUTH
    if probe := calibration.truth_probe if truth else calibration.verdict_probe:
        either = shares[0] + shares[1]
        told = log_odds(shares[0] / either) + log_odds(apply_probe(probe, weighed.state))
        affirmed = share_at(told)
        shares = (affirmed * either, (1 - affirmed) * either, *shares[2:])
    bias = calibration.truth_bias if truth else calibration.verdict_bias
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
