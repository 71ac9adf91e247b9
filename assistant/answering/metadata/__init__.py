"""Answers to questions about the records of papers: authors, years, venues, ids, references."""

from assistant.answering.metadata.entities.find import find_entities
from assistant.answering.metadata.entities.mention import Entities
from assistant.answering.metadata.strategy import AnswerContent, answer_with_metadata

__all__ = ["AnswerContent", "Entities", "answer_with_metadata", "find_entities"]
