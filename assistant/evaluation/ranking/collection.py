"""Test collections: documents, queries, and which documents are relevant to which query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.errors import InputError
from assistant.evaluation.questions import Question
from assistant.papers import Paper, paper_id

Ranking: TypeAlias = Sequence[tuple[str, float]]
"""The ids of documents and their scores, best first."""


@dataclass(frozen=True, slots=True)
class TestCollection:
    """A test collection.

    Attributes:
        name: the name for display.
        documents: the papers by the id that the collection gives them.
        queries: the texts by id.
        relevance: for each judged query, the relevance of documents; 0 is not relevant.
    """

    __test__ = False  # pytest would take the class for a test

    name: str
    documents: Mapping[str, Paper]
    queries: Mapping[str, str]
    relevance: Mapping[str, Mapping[str, int]]

    @property
    def judged(self) -> dict[str, str]:
        """The queries that have a relevant document, by id."""
        return {
            query: self.queries[query]
            for query, judgements in self.relevance.items()
            if query in self.queries and any(value > 0 for value in judgements.values())
        }

    def first(self, count: int | None) -> "TestCollection":
        """Return the collection with the first of its judged queries only; all if None."""
        return replace(self, queries=dict(list(self.judged.items())[:count]))


def collection_of_questions(
    name: str, questions: Sequence[Question], papers: Sequence[Paper]
) -> TestCollection:
    """Return a question set over a library as a test collection.

    The papers that a question is about are relevant to it, even if it is unanswerable. A document
    has the id that is derived from its title, as in the metrics of a run.

    Raises:
        InputError: no question is about a paper of the library.
    """
    documents = {paper_id(paper.title): paper for paper in papers}
    relevance = {
        question.id: {id_: 1 for title in question.papers if (id_ := paper_id(title)) in documents}
        for question in questions
    }
    queries = {
        question.id: question.standalone or question.text
        for question in questions
        if relevance[question.id]
    }
    if not queries:
        raise InputError(
            f"No question of {name} is about a paper of the library. Add its papers, or name "
            "another library with --library."
        )
    return TestCollection(name, documents, queries, {id_: relevance[id_] for id_ in queries})
