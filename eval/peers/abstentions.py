"""Detect abstentions of peers, which express them only in words.

Doubts are resolved in favour of the peer: a phrase may occur anywhere in the answer, and an answer
that is at least partly correct counts as an answer.
"""

from assistant.evaluation import Question
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.predictions import Prediction

# Matched in lower case, after expanding "n't" and "cannot".
PHRASES = (
    "do not know",
    "can not answer",
    "can not determine",
    "can not be answered",
    "can not be determined",
    "unable to answer",
    "unable to determine",
    "not sure",
    "not clear",
    "unclear",
    "not available",
    "not contain",
    "not disclose",
    "not enough information",
    "not explicitly",
    "not found in",
    "not give",
    "not include",
    "not indicate",
    "not mention",
    "not provide",
    "not report",
    "not say",
    "not specif",
    "not state",
    "no details",
    "no information",
    "no mention",
    "no specific",
    "insufficient information",
    "without more context",
    "without more information",
)
_EXPANSIONS = {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "can't": "can not", "cannot": "can not"}


def is_abstention(question: Question, answer: str) -> bool:
    """Return whether an answer says that it does not know, and has an answer score of 0."""
    if answer and not says_unknown(answer):
        return False
    record = {"id": question.id, "question": question.text, "answer": answer}
    return answer_score(question, Prediction.from_dict(record)) == 0


def says_unknown(answer: str) -> bool:
    """Return whether an answer contains a phrase that says it does not know."""
    text = " ".join(answer.casefold().split())
    for short, long in _EXPANSIONS.items():
        text = text.replace(short, long)
    text = text.replace("n't", " not")
    return any(phrase in text for phrase in PHRASES)
