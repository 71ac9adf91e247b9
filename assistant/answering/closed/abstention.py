"""Abstention: says that the abstracts do not answer, and quotes what the nearest papers state."""

from collections.abc import Sequence

from assistant.answering.answer import AnswerSentence
from assistant.answering.grounding.grounder import Grounder
from assistant.papers import Paper
from assistant.retrieval import Evidence

# More would read like an answer.
_PAPERS_QUOTED = 2


def abstention_sentences(evidence: Sequence[Evidence], grounder: Grounder) -> list[AnswerSentence]:
    """Return the sentences of an abstention.

    Args:
        evidence: the best sentence of each of the first two papers is quoted.
        grounder: cites the quotations.
    """
    statement = AnswerSentence("The abstracts do not answer this.", citations=(), supported=True)
    best_of: dict[Paper, Evidence] = {}
    for one in sorted(evidence, key=lambda one: -one.score):
        best_of.setdefault(one.paper, one)
    quoted = list(best_of.values())[:_PAPERS_QUOTED]
    return [statement, *(grounder.quote(one).sentence for one in quoted)]
