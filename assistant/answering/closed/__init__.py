"""Closed questions: those whose answer is in the evidence of one or two papers."""

from assistant.answering.closed.strategy import answer_closed_question
from assistant.answering.closed.training import answerability_example, verdict_example

__all__ = ["answer_closed_question", "answerability_example", "verdict_example"]
