"""Reranking: the model scores the best papers if the ranking is ambiguous.

A question that paraphrases a paper often ranks that paper among the first few, but not first. The
query likelihood (Ponte and Croft, SIGIR 1998), computed by a language model conditioned on the
paper as in UPR (Sachan et al., EMNLP 2022, arXiv 2204.07496), separates it from the others far
better than any similarity. For papers in the reading cache only the question has to be prefilled,
and the probe input at the end of the question also yields the answerability. The score is a
weighted sum of both.

Design notes: docs/design/reranking.md
"""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from assistant.answering.model_client import PaperScore
from assistant.answering.prompt_blocks import UNCACHED_SENTENCES
from assistant.library import Library
from assistant.retrieval import Evidence, Retrieval, restrict_evidence
from assistant.switches import ALL_STEPS

# The maximum number of uncached papers to score: each costs prefill time.
_MAX_UNCACHED_PAPERS = 3
# The weight of the answerability's log-odds, in nats of the question's log-likelihood.
_ANSWERABILITY_WEIGHT = 4.0
# This many papers are scored first, and the others only if the best of these does not lead by
# `_CLEAR_LEAD` nats. All four constants were tuned on development questions.
_FIRST_PAPERS = 3
_CLEAR_LEAD = 15.0

Shown: TypeAlias = Sequence[Evidence]
"""The evidence sentences of one paper that are shown to the model."""


def rerank(
    library: Library,
    question: str,
    retrieval: Retrieval,
    count: int,
    *,
    steps: Collection[str] = ALL_STEPS,
    is_cached: Callable[[Shown], bool],
    score_papers: Callable[[Sequence[Shown]], list[PaperScore]],
) -> Retrieval | None:
    """Rerank the best papers by the model's scores.

    Args:
        library: the library that was searched.
        question: in natural language.
        retrieval: the result to rerank.
        count: the maximum number of papers to score.
        steps: the names of the enabled steps.
        is_cached: returns whether the paper of the given evidence is in the reading cache.
        score_papers: scores the evidence of several papers in one batch.

    Returns:
        The retrieval with the scored papers reordered and evidence from the first; None if no paper
        has a sentence to show.
    """
    shown = _shown_papers(library, question, retrieval, count, steps, is_cached)
    scored: list[tuple[float, Retrieval]] = []
    while group := list(islice(shown, count if scored else _FIRST_PAPERS)):
        scores = score_papers([one.evidence for one in group])
        scored += [(_combined(score), one) for score, one in zip(scores, group, strict=True)]
        scored.sort(key=lambda pair: -pair[0])
        (best, _), *others = scored
        if not others or best - others[0][0] >= _CLEAR_LEAD:
            break
    if not scored:
        return None
    order = [one.papers[0].paper for _, one in scored]
    return restrict_evidence(library, question, retrieval, order, len(scored[0][1].evidence), steps)


def _shown_papers(
    library: Library,
    question: str,
    retrieval: Retrieval,
    count: int,
    steps: Collection[str],
    is_cached: Callable[[Shown], bool],
) -> Iterator[Retrieval]:
    """Yield, for each of the best papers, the retrieval restricted to its shown sentences."""
    uncached = 0
    for ranked in retrieval.papers[:count]:
        shown = restrict_evidence(library, question, retrieval, [ranked.paper], sys.maxsize, steps)
        if not shown.evidence:
            continue
        if not is_cached(shown.evidence):
            uncached += 1
            if uncached > _MAX_UNCACHED_PAPERS:
                continue
            shown = restrict_evidence(
                library, question, retrieval, [ranked.paper], UNCACHED_SENTENCES, steps
            )
        yield shown


def _combined(score: PaperScore) -> float:
    """Return the weighted sum of likelihood and answerability, in nats."""
    return score.likelihood + _ANSWERABILITY_WEIGHT * score.answerability
