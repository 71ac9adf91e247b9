"""Whether a written sentence says anything: an echo of the question does not, nor does an excuse.

A small model that finds no answer in the evidence seldom says so; it says the question again as a
statement, or it makes something up. That nothing of what it wrote holds tells a question that the
abstracts do not answer from one that they do (`decide.py`).
"""

import re

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


def says_something(text: str, question: str) -> bool:
    """Tell a sentence that may answer from an echo of the question and from an excuse.

    Args:
        text: the sentence.
        question: as understood.
    """
    return not is_excuse(text) and not content_stems(text) <= content_stems(question)


def is_excuse(text: str) -> bool:
    """Tell whether a sentence says that the text does not state what was asked for."""
    return bool(_UNSTATED.search(text) and _OF_THE_TEXT.search(text))
