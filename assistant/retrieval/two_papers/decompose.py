"""Decomposing a question about two papers into one question for each.

Design notes: docs/design/two-papers.md
"""

import re
from collections.abc import Collection, Sequence

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval.evidence import select_evidence
from assistant.retrieval.two_papers.clauses import split_question
from assistant.switches import ALL_STEPS
from assistant.text.words import content_stems

# A clause that asks the same about both papers.
_ASKS_OF_BOTH = re.compile(r"\b(?:each|either|both|these|they|them|the two)\b", re.IGNORECASE)
# A clause that omits words of another clause: "and how in the second?", "and how big is one in Y?",
# "and what about that of Y?", "and how do others choose theirs?".
_ELLIPTIC = re.compile(
    r"^(?:how|what|where|who|which)\s+(?:in|of|for|with|at|by|from|to|on)\b|^how\s+\w+\s+in\b"
    r"|(?<!\bthe)(?<!\bthat)(?<!\bthis)\s+one\s+(?:in|for|with|at|by|from)\b"
    r"|\babout\s+(?:that|those)\b|\b(?:that|those)\s+(?:of|in|for|with)\b"
    r"|\b(?:theirs|do so|does so|did so|the same)\b",
    re.IGNORECASE,
)
# A clause that refers to the clause before it, unless it refers to the lead.
_ANAPHORIC = re.compile(r"\b(?:it|those|there)\b", re.IGNORECASE)


def decompose(
    library: Library,
    question: str,
    papers: tuple[Paper, Paper],
    steps: Collection[str] = ALL_STEPS,
) -> list[tuple[Paper, str]]:
    """Split a question about two papers into one question for each, in the order of the clauses.

    Each clause is assigned to the paper whose best sentence fits it better. The text before the
    first clause is repeated in both questions.

    Args:
        library: the library that contains the papers.
        question: a self-contained question.
        papers: the two papers that it is about.
        steps: the names of the enabled steps.

    Returns:
        Pairs of paper and question; empty if the question cannot be decomposed.
    """
    split = split_question(question)
    if any(_ASKS_OF_BOTH.search(clause) or _ELLIPTIC.search(clause) for clause in split.clauses):
        return []
    clauses = _with_dependents(split.clauses, may_refer_back=not split.lead)
    if len(clauses) < len(papers):
        return []
    preferences = [_preference_for_first(library, clause, papers, steps) for clause in clauses]
    # If there are two clauses, each paper gets one, however small the difference. Three or more are
    # assigned independently of each other.
    threshold = sum(preferences) / 2 if len(preferences) == 2 else 0.0
    parts: dict[Paper, str] = {}
    for clause, preference in zip(clauses, preferences, strict=True):
        paper = papers[0] if preference > threshold else papers[1]
        parts[paper] = f"{parts[paper]}, and {clause}" if paper in parts else clause
    if len(parts) < len(papers):
        return []
    return [(paper, _with_lead(split.lead, clause)) for paper, clause in parts.items()]


def _with_dependents(clauses: Sequence[str], *, may_refer_back: bool) -> list[str]:
    """Join each clause that makes no sense by itself to the one before it."""
    joined: list[str] = []
    for clause in clauses:
        depends = not content_stems(clause) or (may_refer_back and _ANAPHORIC.search(clause))
        if joined and depends:
            joined[-1] = f"{joined[-1]}, and {clause}"
        else:
            joined.append(clause)
    return joined


def _preference_for_first(
    library: Library, clause: str, papers: tuple[Paper, Paper], steps: Collection[str]
) -> float:
    """Return by how much a clause fits the first paper's best sentence better than the second's."""
    vector = library.embedder.embed_question(clause)
    first, second = (
        max(
            (
                one.score
                for one in select_evidence(library, clause, vector, [(paper, 1.0)], 1, steps)
            ),
            default=0.0,
        )
        for paper in papers
    )
    return first - second


def _with_lead(lead: str, clause: str) -> str:
    if not lead or lead.endswith((".", "!", "?")):
        clause = clause[0].upper() + clause[1:]
    return f"{lead} {clause}?".lstrip()
