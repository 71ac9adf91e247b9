"""Follow-ups on the previous answer: about some of its papers, or for another form of it."""

from assistant.answering.revision.strategy import (
    answer_with_revision,
    papers_referred_to,
    refers_to_listed_paper,
)

__all__ = ["answer_with_revision", "papers_referred_to", "refers_to_listed_paper"]
