"""Synthesis: an answer that draws several papers together, one checked sentence for each paper."""

from assistant.answering.synthesis.relevance import relevance_features
from assistant.answering.synthesis.strategy import answer_with_synthesis

__all__ = ["answer_with_synthesis", "relevance_features"]
