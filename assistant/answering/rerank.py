"""Reranking: when the ranking is unsure, the model says which of the best papers is meant.

A question without a paper's own words often finds the right paper among the first few, but not
first. How likely each of them makes the question tells it from the others far better than any
similarity does: the query likelihood of Ponte and Croft (SIGIR 1998), by a language model that has
read the paper, as in UPR (Sachan et al., EMNLP 2022, arXiv 2204.07496). Of papers that it has read,
only the question is read, and its state at the end of the question tells as well whether the paper
answers it (`decide.py`): both count.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.library import Library
from assistant.retrieval import Evidence, Retrieval, narrow

# Of a paper that the model has not read yet, only so many sentences are shown, and only the first
# few such papers are looked at: each costs reading.
_UNREAD_SENTENCES = 4
_UNREAD_PAPERS = 3
# How many nats of the question's log-likelihood a log-odds is worth that the paper answers it.
_ODDS = 4.0
# So many papers are looked at side by side, and the rest only if none of them stands out, by so
# many nats. All of these were chosen on development questions.
_FIRST_PAPERS = 3
_STANDS_OUT = 15.0

Shown = Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class PaperScore:
    """What the model makes of a question behind a paper's evidence.

    Attributes:
        likelihood: the log-likelihood of the question, in nats.
        answers: the log-odds that the evidence answers it; 0 where nothing tells.
    """

    likelihood: float
    answers: float = 0.0

    @property
    def score(self) -> float:
        """How well the paper fits, in nats."""
        return self.likelihood + _ODDS * self.answers


def rerank(
    library: Library,
    question: str,
    retrieval: Retrieval,
    count: int,
    *,
    has_read: Callable[[Shown], bool],
    score_paper: Callable[[Sequence[Shown]], list[PaperScore]],
) -> Retrieval | None:
    """Have the model look at each of the best papers.

    Args:
        library: that was searched.
        question: in plain words.
        retrieval: what was found.
        count: how many papers the model looks at, at most.
        has_read: whether the model has read the papers of some evidence, so that showing them
            costs nothing.
        score_paper: has the model look at the question behind the evidence of each of some papers.

    Returns:
        The retrieval with the papers in their new order, and evidence of the first; None if no
        paper has a sentence to show.
    """
    shown = _shown(library, question, retrieval, count, has_read)
    scored: list[tuple[float, Retrieval]] = []
    while group := list(islice(shown, count if scored else _FIRST_PAPERS)):
        looks = score_paper([one.evidence for one in group])
        scored += [(look.score, one) for look, one in zip(looks, group, strict=True)]
        scored.sort(key=lambda pair: -pair[0])
        (best, _), *others = scored
        if not others or best - others[0][0] >= _STANDS_OUT:
            break
    if not scored:
        return None
    order = [one.papers[0].paper for _, one in scored]
    return narrow(library, question, retrieval, order, len(scored[0][1].evidence))


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
