"""What a question about two papers asks of each: "what does X use, and how large is Y?"."""

import re
from collections.abc import Sequence

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval.evidence import choose_evidence
from assistant.retrieval.two_papers.clauses import clauses
from assistant.text.words import content_stems

# A clause that asks the same of both papers;
_OF_BOTH = re.compile(r"\b(?:each|either|both|these|they|them|the two)\b", re.IGNORECASE)
# one that leaves out what another one asks: "and how in the second?", "and how big is one in Y?",
# "and what about that of Y?", "and how do others choose theirs?";
_ELLIPTIC = re.compile(
    r"^(?:how|what|where|who|which)\s+(?:in|of|for|with|at|by|from|to|on)\b|^how\s+\w+\s+in\b"
    r"|(?<!\bthe)(?<!\bthat)(?<!\bthis)\s+one\s+(?:in|for|with|at|by|from)\b"
    r"|\babout\s+(?:that|those)\b|\b(?:that|those)\s+(?:of|in|for|with)\b"
    r"|\b(?:theirs|do so|does so|did so|the same)\b",
    re.IGNORECASE,
)
# and one that goes on about what the clause before it asks, if nothing was said before that.
_GOES_ON = re.compile(r"\b(?:it|those|there)\b", re.IGNORECASE)


def decompose(
    library: Library, question: str, papers: tuple[Paper, Paper]
) -> list[tuple[Paper, str]]:
    """Return what a question asks of each of two papers, in its order.

    A clause is asked of the paper that has the sentence that fits it better. What is said before
    the first clause is said to both.

    Args:
        library: with the papers.
        question: in plain words; it stands alone.
        papers: the two that it is about.

    Returns:
        Nothing if the question cannot be taken apart.
    """
    apart = clauses(question)
    if any(_OF_BOTH.search(clause) or _ELLIPTIC.search(clause) for clause in apart.asked):
        return []
    asked = _together(apart.asked, alone=not apart.lead)
    if len(asked) < len(papers):
        return []
    leans = [_leans_to_first(library, clause, papers) for clause in asked]
    # Of two clauses each paper gets one, however little it says; of more, each speaks for itself.
    middle = sum(leans) / 2 if len(leans) == 2 else 0.0
    own: dict[Paper, str] = {}
    for clause, lean in zip(asked, leans, strict=True):
        paper = papers[0] if lean > middle else papers[1]
        own[paper] = f"{own[paper]}, and {clause}" if paper in own else clause
    if len(own) < len(papers):
        return []
    return [(paper, _after(apart.lead, clause)) for paper, clause in own.items()]


def _together(asked: Sequence[str], *, alone: bool) -> list[str]:
    """Join clauses to those before them that they say too little without."""
    joined: list[str] = []
    for clause in asked:
        if joined and (not content_stems(clause) or (alone and _GOES_ON.search(clause))):
            joined[-1] = f"{joined[-1]}, and {clause}"
        else:
            joined.append(clause)
    return joined


def _leans_to_first(library: Library, clause: str, papers: tuple[Paper, Paper]) -> float:
    vector = library.embedder.embed_question(clause)
    first, second = (
        max(
            (one.score for one in choose_evidence(library, clause, vector, [(paper, 1.0)], 1)),
            default=0.0,
        )
        for paper in papers
    )
    return first - second


def _after(lead: str, clause: str) -> str:
    if not lead or lead.endswith((".", "!", "?")):
        clause = clause[0].upper() + clause[1:]
    return f"{lead} {clause}?".lstrip()
