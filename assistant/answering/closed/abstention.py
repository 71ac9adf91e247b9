"""Abstention: states that the abstracts do not answer, and quotes the nearest papers."""

from collections.abc import Sequence

from assistant.answering.answer import AnswerSentence
from assistant.answering.grounding.grounder import Grounder
from assistant.papers import Paper
from assistant.retrieval import Evidence

# Quoting more papers would read like an answer.
_PAPERS_QUOTED = 2


def abstention_sentences(evidence: Sequence[Evidence], grounder: Grounder) -> list[AnswerSentence]:
    """Return the sentences of an abstention.

    Args:
        evidence: the best sentence of each of the two best papers is quoted.
        grounder: quotes and cites the sentences.
    """
    statement = AnswerSentence("The abstracts do not answer this.", citations=(), supported=True)
    best_of: dict[Paper, Evidence] = {}
    for one in sorted(evidence, key=lambda one: -one.score):
        best_of.setdefault(one.paper, one)
    quoted = list(best_of.values())[:_PAPERS_QUOTED]
    return [statement, *(grounder.quote(one).sentence for one in quoted)]
