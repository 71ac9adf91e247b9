"""Follow-ups on the previous answer: one of its papers, a selection, or another form of it."""

from assistant.answering.revision.strategy import answer_with_revision

__all__ = ["answer_with_revision"]
