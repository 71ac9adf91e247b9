"""Answers about the largest or smallest number that the papers report."""

from assistant.answering.results.strategy import answer_with_results

__all__ = ["answer_with_results"]
