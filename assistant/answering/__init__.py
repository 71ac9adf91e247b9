"""Answering: turns a question into an `Answer` (see `pipeline.py`)."""

from assistant.answering.answer import Answer, AnswerSentence, Citation, Timings, as_text, separated
from assistant.answering.assistant import Assistant
from assistant.answering.events import (
    AnswerEvent,
    EvidenceFound,
    PapersChecked,
    SentenceDropped,
    SentenceWritten,
    TokenWritten,
)
from assistant.answering.model_handle import check_model
from assistant.answering.question.follow_up import Turn

__all__ = [
    "Answer",
    "AnswerEvent",
    "AnswerSentence",
    "Assistant",
    "Citation",
    "EvidenceFound",
    "PapersChecked",
    "SentenceDropped",
    "SentenceWritten",
    "Timings",
    "TokenWritten",
    "Turn",
    "as_text",
    "check_model",
    "separated",
]
