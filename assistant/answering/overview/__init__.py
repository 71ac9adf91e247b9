"""Overviews of the library, or of a topic, by themes."""

from assistant.answering.overview.strategy import answer_with_overview

__all__ = ["answer_with_overview"]
