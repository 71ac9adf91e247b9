"""Reported numbers: the largest, the smallest, and how papers compare by them."""

from assistant.answering.results.strategy import answer_with_results

__all__ = ["answer_with_results"]
