"""Answers questions about the collection: lists and counts the papers that meet a criterion.

Design notes: docs/design/collection-questions.md
"""

from assistant.answering.collection.strategy import answer_with_list

__all__ = ["answer_with_list"]
