"""Reranking: when the ranking is unsure, the model says which of the best papers is meant.

A question without a paper's own words often finds the right paper among the first few, but not
first. How likely each of them makes the question tells it from the others far better than any
similarity does: the query likelihood of Ponte and Croft (SIGIR 1998), by a language model that has
read the paper, as in UPR (Sachan et al., EMNLP 2022, arXiv 2204.07496). Of papers that it has read,
only the question is read. Where two come close, the model is asked of both whether they state the
answer.
"""

import math
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
# So many papers are looked at side by side, and the rest only if none of them stands out: in nats,
# by how much it makes the question likelier than the second.
_FIRST_PAPERS = 3
_STANDS_OUT = 10.0
# From less than this on the model is asked of the best two; what a nat then is worth in log-odds of
# its yes. All of these were chosen on development questions.
_CLOSE = 4.0
_NAT = 0.1

Shown = Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class _Look:
    """How likely a paper makes the question, and the retrieval with that paper first."""

    likelihood: float
    shown: Retrieval


def rerank(
    library: Library,
    question: str,
    retrieval: Retrieval,
    count: int,
    *,
    has_read: Callable[[Shown], bool],
    likelihoods: Callable[[Sequence[Shown]], list[float]],
    yes_shares: Callable[[Sequence[Shown]], list[float]],
) -> Retrieval | None:
    """Have the model look at each of the best papers.

    Args:
        library: that was searched.
        question: in plain words.
        retrieval: what was found.
        count: how many papers the model looks at, at most.
        has_read: whether the model has read the papers of some evidence, so that showing them
            costs nothing.
        likelihoods: the log-likelihood of the question behind the evidence of each of some papers,
            in nats.
        yes_shares: the share of yes, 0 to 1, in the model's reply to whether the evidence of each
            of some papers states the answer.

    Returns:
        The retrieval with the papers in their new order, and evidence of the first; None if no
        paper has a sentence to show.
    """
    shown = _shown(library, question, retrieval, count, has_read)
    looks: list[_Look] = []
    while group := list(islice(shown, count if looks else _FIRST_PAPERS)):
        found = likelihoods([one.evidence for one in group])
        looks += [_Look(likelihood, one) for likelihood, one in zip(found, group, strict=True)]
        looks.sort(key=lambda look: -look.likelihood)
        if _lead(looks) >= _STANDS_OUT:
            break
    if not looks:
        return None
    if _lead(looks) < _CLOSE:
        looks[:2] = _by_reply(looks[:2], yes_shares)
    order = [look.shown.papers[0].paper for look in looks]
    return narrow(library, question, retrieval, order, len(looks[0].shown.evidence))


def _lead(looks: Sequence[_Look]) -> float:
    """Return by how much the best look is likelier than the second, in nats; endless if alone."""
    return looks[0].likelihood - looks[1].likelihood if len(looks) > 1 else math.inf


def _by_reply(
    looks: Sequence[_Look], yes_shares: Callable[[Sequence[Shown]], list[float]]
) -> list[_Look]:
    """Return looks by their likelihood and the model's yes together, best first."""
    shares = yes_shares([look.shown.evidence for look in looks])
    scores = [
        log_odds(share) + _NAT * look.likelihood for share, look in zip(shares, looks, strict=True)
    ]
    return [looks[i] for i in sorted(range(len(looks)), key=lambda i: -scores[i])]


def _shown(
    library: Library,
    question: str,
    retrieval: Retrieval,
    count: int,
    has_read: Callable[[Shown], bool],
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
