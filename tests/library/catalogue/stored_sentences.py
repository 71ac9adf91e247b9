"""Stores papers with their sentences as chunks."""

from assistant.library import Catalogue
from assistant.papers import Paper
from assistant.text.sentences import sentence_spans


def store(catalogue: Catalogue, *papers: Paper) -> None:
    """Store papers in a catalogue."""
    catalogue.store(
        (paper, [("sentence", span) for span in sentence_spans(paper.abstract)]) for paper in papers
    )
