"""Example questions that the library's papers answer."""

from collections.abc import Sequence

from assistant.papers import Paper

_COUNT = 4

# By the title of the sample paper that answers the question.
_SAMPLE_QUESTIONS = {
    "Qwen2.5 Technical Report": "How many tokens was Qwen2.5 pre-trained on?",
    "Metadata Conditioning Accelerates Language Model Pre-training": (
        "How much less data does MeCo need to match standard pre-training?"
    ),
    "LightSeq: Sequence Level Parallelism for Distributed Training of Long Context Transformers": (
        "How does LightSeq divide the work on long sequences?"
    ),
    "Language Models can Self-Lengthen to Generate Long Texts": (
        "What are the two roles in Self-Lengthen?"
    ),
}


def example_questions(papers: Sequence[Paper]) -> list[str]:
    """Return a few questions: prepared ones for sample papers, then one for each first title."""
    titles = {paper.title for paper in papers}
    prepared = [question for title, question in _SAMPLE_QUESTIONS.items() if title in titles]
    others = [paper.title for paper in papers if paper.title not in _SAMPLE_QUESTIONS]
    derived = [
        f"What does \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK} propose?"
        for title in others
    ]
    return (prepared + derived)[:_COUNT]
