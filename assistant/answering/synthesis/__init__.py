"""Synthesis: an answer from several papers, with one checked sentence about each of them."""

from assistant.answering.synthesis.relevance import relevance_features
from assistant.answering.synthesis.strategy import answer_with_synthesis

__all__ = ["answer_with_synthesis", "relevance_features"]
