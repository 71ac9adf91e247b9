"""Overviews of the library or of a topic, organised by theme."""

from assistant.answering.overview.strategy import answer_with_overview

__all__ = ["answer_with_overview"]
