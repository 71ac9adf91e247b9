"""What an abstention says: that the abstracts do not answer, and what they do state."""

from collections.abc import Sequence

from assistant.answering.answer import AnswerSentence
from assistant.answering.grounding.grounder import Grounder
from assistant.papers import Paper
from assistant.retrieval import Evidence

# More would read like an answer.
_PAPERS_QUOTED = 2


def abstention(evidence: Sequence[Evidence], grounding: Grounder) -> list[AnswerSentence]:
    """Return the sentences of an abstention; what the closest papers do state is quoted."""
    said = [AnswerSentence("The abstracts do not answer this.", citations=(), supported=True)]
    closest: dict[Paper, Evidence] = {}
    for one in sorted(evidence, key=lambda one: -one.score):
        closest.setdefault(one.paper, one)
    quoted = list(closest.values())[:_PAPERS_QUOTED]
    return said + [grounding.quote(one).sentence for one in quoted]
