"""Whether a written sentence says anything: an echo of the question does not, nor does an excuse.

A small model that finds no answer in the evidence seldom says so; it says the question again as a
statement, or it makes something up, or, asked for a number, it says something else. That nothing of
what it wrote holds tells a question that the abstracts do not answer from one that they do
(`decide.py`).
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
# details about it". That "the data contain no texts", or a code loses no information, is a finding.
_EXCUSE = re.compile(
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
# Words that say how many, and say other things too.
_FEW = re.compile(
    r"\b(?:no|none|one|once|single|both|pair|couple|twin|dual)\b|, .*\b(?:and|or)\b", re.IGNORECASE
)
# Words that add nothing to a question that they are put into: "several ovens" names none.
_VAGUE = content_stems(
    "several multiple various different many popular certain specific particular existing numerous "
    "respectively two three four five six seven eight nine ten"
)


def says_something(text: str, question: str) -> bool:
    """Tell a sentence that may answer from an echo of the question and from an excuse.

    "They use several ovens" is an echo of "Which ovens do they use?".

    Args:
        text: the sentence.
        question: as it was asked.
    """
    known = content_stems(question)
    if not _HOW_MANY.search(question):
        known |= _VAGUE
    if is_excuse(text):
        return False
    return not content_stems(text) <= known or _chooses(text, question)


def _chooses(text: str, question: str) -> bool:
    """Tell whether a question offers a choice, and a sentence of its words takes one.

    "It uses a steam oven" and "Steam is faster than stone" answer "Is a steam or a stone oven
    faster?"; with one alternative left out, or the two compared, they say more than the question.
    """
    said = content_stems(text)
    for match in _OR.finditer(question):
        before, after = (
            [stem for word in words for stem in content_stems(word)]
            for words in (question[: match.start()].split(), question[match.end() :].split())
        )
        if before and after and before[-1] != after[0]:
            both = {before[-1], after[0]} & said
            if len(both) == 1 or (both and _THAN.search(text)):
                return True
    return False


def is_excuse(text: str) -> bool:
    """Tell whether a sentence says that the text does not state what was asked for."""
    return _EXCUSE.search(text) is not None


def lacks_number(text: str, question: str) -> bool:
    """Tell whether a question asks for a number, and for nothing else, and a sentence gives none.

    Args:
        text: the sentence.
        question: as it was asked.
    """
    asks = _INTERROGATIVE.findall(question)
    if len(asks) != 1 or not _HOW_MANY.search(question):
        return False
    return not missing_numbers(text, [question]) and not _FEW.search(text)
