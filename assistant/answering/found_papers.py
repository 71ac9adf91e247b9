"""Paper search with the best sentence of each paper, without the language model."""

import sys
from dataclasses import dataclass, replace
from typing import Any

from assistant.answering.assistant import Assistant
from assistant.library import EVERYTHING, Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """A paper that a search found.

    Attributes:
        paper: the paper.
        score: its relevance; only comparable within one search.
        best: the sentence of its abstract nearest to the query; None if it has no abstract.
    """

    paper: Paper
    score: float
    best: Evidence | None

    def to_dict(self) -> dict[str, Any]:
        """Return the paper as a JSON-serialisable dict, as printed by `assistant search --json`."""
        return {
            "paper_id": self.paper.id,
            "title": self.paper.title,
            "url": self.paper.link,
            "score": round(self.score, 4),
            "quote": self.best.text if self.best else None,
        }


def find_papers(
    assistant: Assistant, query: str, limit: int | None = None, scope: Scope = EVERYTHING
) -> list[FoundPaper]:
    """Return the papers found for a query, best first, each with its best sentence.

    Args:
        assistant: an assistant over the library to search.
        query: a question or a few words.
        limit: the maximum number of papers; defaults to the setting ``papers_ranked``.
        scope: the papers to search among.

    Raises:
        InputError: the query, the library or the scope is empty.
    """
    limit = limit or assistant.settings.papers_ranked
    # Answering takes the best sentences of a few papers; here every paper gets one sentence.
    shown = replace(assistant.settings, papers_read=limit, evidence_sentences=sys.maxsize)
    retrieval = assistant.with_settings(shown).search(query, limit=limit, scope=scope)
    ascending = sorted(retrieval.evidence, key=lambda one: one.score)
    best = {one.paper.id: one for one in ascending}
    return [
        FoundPaper(ranked.paper, ranked.score, best.get(ranked.paper.id))
        for ranked in retrieval.papers
    ]
