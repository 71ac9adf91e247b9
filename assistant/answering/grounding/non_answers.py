"""Detects sentences that do not answer the question: echoes, disclaimers and missing numbers.

A small model that finds no answer in the evidence seldom says so. It restates the question, makes
something up, or, if asked for a number, states something else. If no sentence of an answer is
grounded, the abstracts probably do not answer the question (see `answerability.py`).
"""

import re

from assistant.answering.grounding.numbers import missing_numbers
from assistant.text.words import content_stems

_TEXT = r"(?:excerpts?|abstracts?|texts?|papers?|authors?|passages?)\b"
_KNOWLEDGE = r"(?:information|details?)\b"
_UNSTATED = (
    r"(?:\bnot|n't|\bnever)\s+(?:\w+ly\s+|been\s+){0,2}"
    r"(?:provide|specif|mention|state|give|disclose|report|indicate|describe|clear|contain)\w*"
)
# "The text does not say", "it is not said in the text", "it does not give details", "there are no
# details about it". "The data contain no texts" and "the code loses no information" are findings.
_DISCLAIMER = re.compile(
    rf"\b(?:{_TEXT}|{_KNOWLEDGE})[^.]*?{_UNSTATED}"
    rf"|{_UNSTATED}\s+(?:\w+\s+){{0,3}}?(?:in|by|within|from)\s+(?:\w+\s+){{0,2}}?{_TEXT}"
    rf"|{_UNSTATED}\s+(?:any\s+|explicit\s+|specific\s+|further\s+|the\s+){{0,2}}{_KNOWLEDGE}"
    rf"|\bno\s+(?:explicit\s+|specific\s+|further\s+)?(?:mention\b|{_KNOWLEDGE}"
    r"(?=\W*$|\s+(?:about|on|regarding|is|are|was|were|given|provided|available)\b))",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(r"\b(?:how|what|which|who|whom|whose|when|where|why)\b", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"\b(?:how (?:many|much)|(?:what|which) (?:percentage|share|fraction|number))\b", re.IGNORECASE
)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
# Words that may state a number but also have other meanings.
_POSSIBLE_NUMBER = re.compile(
    r"\b(?:no|none|one|once|single|both|pair|couple|twin|dual)\b|, .*\b(?:and|or)\b", re.IGNORECASE
)
# Words that add no information to a question: "several ovens" does not say which ones.
_VAGUE_STEMS = content_stems(
    "several multiple various different many popular certain specific particular existing numerous "
    "respectively two three four five six seven eight nine ten"
)


def is_echo(text: str, question: str) -> bool:
    """Return whether a sentence only restates a question.

    "They use several ovens" is an echo of "Which ovens do they use?".

    Args:
        text: the sentence.
        question: as asked.
    """
    known = content_stems(question)
    if not _HOW_MANY.search(question):
        known |= _VAGUE_STEMS
    return content_stems(text) <= known and not _picks_alternative(text, question)


def is_disclaimer(text: str) -> bool:
    """Return whether a sentence says that the abstracts do not state what was asked."""
    return _DISCLAIMER.search(text) is not None


def lacks_requested_number(text: str, question: str) -> bool:
    """Return whether a question asks only for a number and a sentence states none.

    Args:
        text: the sentence.
        question: as asked.
    """
    question_words = _INTERROGATIVE.findall(question)
    if len(question_words) != 1 or not _HOW_MANY.search(question):
        return False
    return not missing_numbers(text, [question]) and not _POSSIBLE_NUMBER.search(text)


def _picks_alternative(text: str, question: str) -> bool:
    """Return whether a question offers alternatives and a sentence picks one.

    "It uses a steam oven" and "Steam is faster than stone" answer "Is a steam or a stone oven
    faster?". Such a sentence leaves out one alternative or compares the two.
    """
    stems = content_stems(text)
    for match in _OR.finditer(question):
        before, after = (
            [stem for word in words for stem in content_stems(word)]
            for words in (question[: match.start()].split(), question[match.end() :].split())
        )
        if before and after and before[-1] != after[0]:
            picked = {before[-1], after[0]} & stems
            if len(picked) == 1 or (picked and _THAN.search(text)):
                return True
    return False
