"""Finds sentences that assert what the evidence negates, or vice versa: "does not need labels"."""

import re

from assistant.answering.grounding.contradictions.directions import (
    DIRECTION,
    SAME_TOPIC_SHARE,
    direction_clauses,
)
from assistant.text.words import content_stems, stem

_NEGATED_VERB = re.compile(
    r"\b(?:do|does|did|is|are|was|were|can|could|will|would)(?:\s+not|n['’]t)(?! only)\s+([a-z]+)"
    r"|\bcannot\s+([a-z]+)"
)
# A sentence with one of these may state the same negation in other words.
_NEGATIVE_WORDS = re.compile(
    r"\b(?:no|not|none|never|neither|nor|without|free|avoid\w*|remov\w*|eliminat\w*|replac\w*"
    r"|instead|rather|lack\w*|skip\w*|omit\w*|only|unlike|except\w*|hardly|cannot|prevent\w*"
    r"|unnecessary|less|few\w*|fail\w*|obviat\w*|if|when|whether|un\w+ed)\b|n['’]t\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


def negates(text: str, evidence: str, abstract: str) -> bool:
    """Return whether a sentence or its evidence negates a verb that the other one asserts.

    Clauses with a direction word are left to `states_opposite_direction`.

    Args:
        text: the sentence.
        evidence: the abstract sentence that it cites.
        abstract: the whole abstract. What any of its sentences asserts is no contradiction.
    """
    return _asserts_negated(text, evidence, abstract) or _asserts_negated(evidence, text, evidence)


def _asserts_negated(text: str, negation: str, context: str) -> bool:
    """Return whether a text asserts a verb that another sentence negates.

    Args:
        text: the text that may assert the verb.
        negation: the sentence with the negation.
        context: a text that may also use the verb without negation; if it does, asserting the verb
            is no contradiction.
    """
    if _NEGATIVE_WORDS.search(text):
        return False
    text_stems = content_stems(text)
    for clause in direction_clauses(negation):
        if DIRECTION.search(clause):
            continue
        for verb in _negated_verbs(clause):
            others = content_stems(clause) - {verb}
            shared = len(text_stems & others)
            if verb not in text_stems or not others or shared < SAME_TOPIC_SHARE * len(others):
                continue
            uses = sum(stem(word.lower()) == verb for word in _WORD.findall(context))
            if uses <= _negated_verbs(negation).count(verb):
                return True
    return False


def _negated_verbs(text: str) -> list[str]:
    """Return the stems of the verbs that follow a "not"."""
    return [stem(match[1] or match[2]) for match in _NEGATED_VERB.finditer(text)]
