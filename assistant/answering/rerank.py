"""Reranking: when the ranking is unsure, the model says which of the best papers answers.

A question without a paper's own words often finds the right paper among the first few, but not
first. Two things tell it from the others far better than any similarity does: what the model
replies when it is asked of one paper at a time whether it states the answer, and how likely that
paper makes the question. The latter is the query likelihood of Ponte and Croft (SIGIR 1998), by a
language model that has read the paper, as in UPR (Sachan et al., EMNLP 2022, arXiv 2204.07496). Of
papers that it has read, only the question is read for both.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.answering.decide import log_odds
from assistant.library import Library
from assistant.retrieval import Evidence, Retrieval, narrow

# Of a paper that the model has not read yet, only so many sentences are shown, and only the first
# few such papers are looked at: each costs reading.
_UNREAD_SENTENCES = 4
_UNREAD_PAPERS = 3
# Papers are looked at side by side, first so few, then so many at a time: a small batch takes
# nearly as long as one look, a large one would be for nothing where the first papers settle it.
_FIRST_PAPERS = 2
_NEXT_PAPERS = 3
# What a nat of likelihood is worth in log-odds of yes, and how far the best look must stand above
# the second for no further paper to be looked at; chosen on development questions.
_LIKELIHOOD = 0.1
_SURE = 2.0

HasRead = Callable[[Sequence[Evidence]], bool]
LookAt = Callable[[Sequence[Sequence[Evidence]]], list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class _Look:
    """What the model says of one paper, and the retrieval with that paper first."""

    score: float
    retrieval: Retrieval


def rerank(
    library: Library,
    question: str,
    retrieval: Retrieval,
    count: int,
    *,
    has_read: HasRead,
    look: LookAt,
) -> Retrieval | None:
    """Have the model look at each of the best papers.

    Args:
        library: that was searched.
        question: in plain words.
        retrieval: what was found.
        count: how many papers the model looks at, at most.
        has_read: whether the model has read the papers of some evidence, so that showing them
            costs nothing.
        look: for the evidence of some papers the share of yes, 0 to 1, in the model's reply to
            whether it states the answer, and the log-likelihood of the question, in nats.

    Returns:
        The retrieval with the papers in their new order, and evidence of the first; None if no
        paper has a sentence to show.
    """
    shown = _shown(library, question, retrieval, count, has_read)
    looks: list[_Look] = []
    while group := _next(shown, _NEXT_PAPERS if looks else _FIRST_PAPERS):
        replies = look([one.evidence for one in group])
        looks += [
            _Look(log_odds(yes) + _LIKELIHOOD * likelihood, one)
            for (yes, likelihood), one in zip(replies, group, strict=True)
        ]
        looks.sort(key=lambda one: -one.score)
        if len(looks) > 1 and looks[0].score - looks[1].score >= _SURE:
            break
    if not looks:
        return None
    order = [one.retrieval.papers[0].paper for one in looks]
    return narrow(library, question, retrieval, order, len(looks[0].retrieval.evidence))


def _shown(
    library: Library, question: str, retrieval: Retrieval, count: int, has_read: HasRead
) -> Iterator[Retrieval]:
    """Yield the retrieval with one of the best papers after the other first, as it is shown."""
    unread = 0
    for ranked in retrieval.papers[:count]:
        shown = narrow(library, question, retrieval, [ranked.paper], sys.maxsize)
        if not shown.evidence:
            continue
        if not has_read(shown.evidence):
            unread += 1
            if unread > _UNREAD_PAPERS:
                continue
            shown = narrow(library, question, retrieval, [ranked.paper], _UNREAD_SENTENCES)
        yield shown


def _next(shown: Iterator[Retrieval], count: int) -> list[Retrieval]:
    return list(islice(shown, count))
