"""Summaries of one or a few papers."""

from assistant.answering.summary.strategy import answer_with_summary

__all__ = ["answer_with_summary"]
