"""When a peer's answer counts as an abstention: peers have no field for it, only words.

Every doubt is decided for the peer. Any of the phrases anywhere in its answer will do, and an
answer that is right all the same (even in part) counts as an answer.
"""

from assistant.evaluation import Question
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.predictions import Prediction

# Sought in lower case, with "n't" and "cannot" written out.
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
_WRITTEN_OUT = {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "can't": "can not", "cannot": "can not"}


def is_abstention(question: Question, answer: str) -> bool:
    """Tell whether an answer says that it does not know, and is not right all the same."""
    if answer and not says_unknown(answer):
        return False
    given = Prediction.from_dict({"id": question.id, "question": question.text, "answer": answer})
    return answer_score(question, given) == 0


def says_unknown(answer: str) -> bool:
    """Tell whether an answer says, anywhere in it, that it does not know."""
    text = " ".join(answer.casefold().split())
    for short, long in _WRITTEN_OUT.items():
        text = text.replace(short, long)
    text = text.replace("n't", " not")
    return any(phrase in text for phrase in PHRASES)
