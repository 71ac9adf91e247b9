"""Verdicts: recognises yes-no questions and claims to verify, and chooses the verdict.

The verdict is chosen by the probability of each word as the model's reply, and by a probe whose
input is read at the start of the reply. It is written first. The model is then asked only for the
reason, given the verdict, so that the two cannot contradict each other.

Design notes: docs/design/verdicts.md
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.answering.answerability import apply_probe
from assistant.answering.log_odds import log_odds, sigmoid
from assistant.llm import KvVectors
from assistant.models import Calibration

VerdictScale: TypeAlias = tuple[str, ...]
"""The verdicts to choose from."""

TRUTH: VerdictScale = ("true", "false")
YES_NO: VerdictScale = ("yes", "no", "maybe")
# The verdicts that small models are biased towards.
_FAVOURED = ("yes", "maybe", "true")

_CLAIM = re.compile(r"\W*(true or false\b|is it (true|false) that\b)", re.IGNORECASE)
_VERB = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|may|might|must)\b"
# Where the question itself begins, after other sentences or a topic ("Decaf: is it as good?").
_QUESTION_BOUNDARY = re.compile(
    rf"[.!?:;]\s+|\s*(?:--+|[–—])\s*|,\s+(?={_VERB}|an?\b)", re.IGNORECASE
)
# "Decaf: a lasting habit?" means "Is decaf a lasting habit?".
_ELLIPTIC_QUESTION = re.compile(r"(?:an?|another|still|really)\b.*\?\W*$", re.IGNORECASE)
_YES_NO_QUESTION = re.compile(_VERB, re.IGNORECASE)
_REQUEST = re.compile(r"(?:can|could|would|will) you\b", re.IGNORECASE)
_WH = r"(?:what|which|who|whom|whose|how|why|where|when)\b"
_WH_WORD = re.compile(rf"\b{_WH}", re.IGNORECASE)
# A question that asks for more than a verdict ("... and by how much?") or for a choice ("Does it
# use A or B?"). "80 or older" is not a choice.
_ASKS_MORE = re.compile(
    r"\bor\b(?!\s+(?:not|more|less|fewer|older|younger|later|earlier|above|below|even)\b)"
    rf"|(?:\band|\bor|[,;])\s+(?:\w+\s+)?{_WH}",
    re.IGNORECASE,
)
# Minimum probability that the model's answer begins with yes or no. Among questions that no pattern
# above matches, it selects 12 of 15 yes-no questions, 1 of 30 others, and none of the 128 in the
# question sets.
_MIN_YES_NO_PROBABILITY = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class VerdictScores:
    """The model's scores for each verdict of a scale.

    Attributes:
        scale: the verdicts.
        probabilities: the probability, 0 to 1, of each verdict as the model's reply.
        state: the probe input at the start of the reply; None if it is not available.
    """

    scale: VerdictScale
    probabilities: tuple[float, ...]
    state: KvVectors | None


def verdict_scale(question: str) -> VerdictScale | None:
    """Return the verdicts to choose from; None if the question does not ask for a verdict."""
    if _CLAIM.match(question):
        return TRUTH
    text = question.strip()
    topic, asked = "", text
    for match in _QUESTION_BOUNDARY.finditer(text):
        topic, asked = text[: match.start()], text[match.end() :]
    if _REQUEST.match(asked) or _ASKS_MORE.search(asked):
        return None
    if topic:
        asks = _YES_NO_QUESTION.match(asked) or _ELLIPTIC_QUESTION.match(asked)
        return YES_NO if asks and not _WH_WORD.search(question) else None
    return YES_NO if _YES_NO_QUESTION.match(asked) else None


def implied_scale(
    question: str, begins_with: Callable[[Sequence[str]], float]
) -> VerdictScale | None:
    """Return the verdicts to choose from if a question implicitly asks for one, else None.

    "Rubber wheels: worth the money?" and "Do wood or rubber wheels wear out?" ask for a verdict,
    "Rubber wheels: price?" and "Are they of wood or rubber?" do not. Patterns cannot tell them
    apart, but the model can.

    Args:
        question: one for which `verdict_scale` returns None.
        begins_with: returns the probability, 0 to 1, that the model's answer begins with one of
            the given words.
    """
    if _WH_WORD.search(question) or begins_with(YES_NO[:2]) < _MIN_YES_NO_PROBABILITY:
        return None
    return YES_NO


def choose_verdict(scores: VerdictScores, calibration: Calibration) -> str:
    """Return the verdict with the highest calibrated probability.

    Args:
        scores: the model's scores.
        calibration: of the model. Its biases correct a preference for "true", or for "yes" and
            "maybe". The log-odds from its probe, if it has one, are added to those of the words.

    Raises:
        ModelError: the probe was fitted on another model.
    """
    scale, probabilities = scores.scale, scores.probabilities
    is_claim = scale == TRUTH
    if probe := calibration.truth_probe if is_claim else calibration.verdict_probe:
        either = probabilities[0] + probabilities[1]
        odds = log_odds(probabilities[0] / either) + log_odds(apply_probe(probe, scores.state))
        affirmed = sigmoid(odds)
        probabilities = (affirmed * either, (1 - affirmed) * either, *probabilities[2:])
    bias = calibration.truth_bias if is_claim else calibration.verdict_bias
    weights = [
        probability * math.exp(-bias) if verdict in _FAVOURED else probability
        for verdict, probability in zip(scale, probabilities, strict=True)
    ]
    return scale[weights.index(max(weights))]


def strip_verdict(text: str, scale: VerdictScale) -> str:
    """Return a sentence without the verdict at its beginning; empty if nothing else is left."""
    if not scale:
        return text
    rest = re.sub(
        rf"\A(?:(?:{'|'.join(scale)})\b(?:[,.:;!]\s*|\Z))+", "", text, flags=re.IGNORECASE
    )
    return rest[:1].upper() + rest[1:] if rest != text else text
