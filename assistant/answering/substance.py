"""Whether a written sentence says anything: an echo of the question does not, nor does an excuse.

A small model that finds no answer in the evidence seldom says so; it says the question again as a
statement, or it makes something up, or, asked for a number, it says something else. That nothing of
what it wrote holds tells a question that the abstracts do not answer from one that they do
(`decide.py`).
"""

import re

from assistant.answering.facts import missing_numbers
from assistant.papers.words import content_stems

_UNSTATED = re.compile(
    r"(?:\bnot|n't|\bnever|\bno)\s+(?:\w+ly\s+|explicit\s+|specific\s+|been\s+){0,2}"
    r"(?:provide|specif|mention|state|give|disclose|report|indicate|describe|clear|contain|"
    r"information|details?)\w*",
    re.IGNORECASE,
)
_OF_THE_TEXT = re.compile(
    r"\b(?:excerpts?|abstracts?|texts?|papers?|authors?|passages?|information|details?)\b",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(r"\b(?:how|what|which|who|whom|whose|when|where|why)\b", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"\b(?:how (?:many|much)|(?:what|which) (?:percentage|share|fraction|number))\b", re.IGNORECASE
)
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
    return not is_excuse(text) and not content_stems(text) <= known


def is_excuse(text: str) -> bool:
    """Tell whether a sentence says that the text does not state what was asked for."""
    return bool(_UNSTATED.search(text) and _OF_THE_TEXT.search(text))


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
