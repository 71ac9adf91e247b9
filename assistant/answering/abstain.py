"""What an abstention says: that the abstracts do not answer, and what they do state."""

from collections.abc import Sequence

from assistant.answering.answer import AnswerSentence
from assistant.answering.ground import Grounding
from assistant.retrieval import Evidence


def abstention(evidence: Sequence[Evidence], grounding: Grounding) -> list[AnswerSentence]:
    """Return the sentences of an abstention; the closest evidence is quoted and cited."""
    said = [AnswerSentence("The abstracts do not answer this.", citations=(), supported=True)]
    if evidence:
        closest = max(evidence, key=lambda one: one.score)
        said.append(grounding.quote(closest).sentence)
    return said
