"""Closed questions: those answered by the evidence of one or two papers."""

from assistant.answering.closed.probe_examples import answerability_example, verdict_example
from assistant.answering.closed.strategy import answer_closed_question

__all__ = ["answer_closed_question", "answerability_example", "verdict_example"]
