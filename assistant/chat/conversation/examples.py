"""Example questions that the library's papers answer: a fact, a list, a comparison, themes."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.papers import Paper
from assistant.text.titles import short_title

# With fewer papers, an overview says no more than their titles.
_MIN_PAPERS_FOR_OVERVIEW = 5


@dataclass(frozen=True, slots=True)
class Example:
    """An example question.

    Attributes:
        kind: the kind of question, such as "A fact".
        question: the question.
    """

    kind: str
    question: str


_THEMES = Example("An overview", "What are the main themes of these papers?")

SAMPLE_EXAMPLES = (
    Example("A fact", "What are the two roles in Self-Lengthen?"),
    Example("A list", "Which papers are about continual learning?"),
    Example("A comparison", "Compare how AccelAT and EfficientTrain speed up training."),
    _THEMES,
)
"""Questions for the sample library."""


def _quoted(title: str) -> str:
    """Return a title in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def example_questions(papers: Sequence[Paper], count: int) -> list[Example]:
    """Return questions that the records or abstracts of some papers can answer.

    Args:
        papers: some papers of the library.
        count: the total number of papers in the library.
    """
    titles = [_quoted(paper.title) for paper in papers]
    year = next((one.year for one in papers if one.year), None)
    examples = [Example("A fact", f"What does {titles[0]} propose?")] if titles else []
    if year:
        examples.append(Example("A list", f"Which papers are from {year}?"))
    if len(titles) > 1:
        examples.append(Example("A comparison", f"Compare {titles[0]} and {titles[1]}."))
    if count >= _MIN_PAPERS_FOR_OVERVIEW:
        examples.append(_THEMES)
    return examples


def related_questions(papers: Sequence[Paper]) -> list[str]:
    """Return questions about the cited papers of an answer, which their abstracts answer."""
    titles = [_quoted(short_title(paper.title)) for paper in papers]
    if not titles:
        return []
    if len(titles) == 1:
        return [f"Summarise {titles[0]}", f"What are the results of {titles[0]}?"]
    return [f"Compare {titles[0]} and {titles[1]}", f"Summarise {titles[0]}"]


def scope_questions(count: int) -> list[str]:
    """Return questions for a scope of ``count`` papers; none if the scope is too large."""
    if count == 1:
        return ["Summarise this paper", "What is its main result?", "What data does it use?"]
    if 1 < count <= _MIN_PAPERS_FOR_OVERVIEW:
        compare = "Compare the two papers" if count == 2 else "Compare these papers"
        return [compare, "What is each paper's main contribution?", "What do they have in common?"]
    return ["What are the main themes?"] if count else []
