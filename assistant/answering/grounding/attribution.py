"""Attribution: finds the evidence that supports a sentence.

The ``[n]`` markers of a small model are unreliable, so it is not asked for any. Evidence is scored
by the cosine similarity between its embedding and that of the sentence, and by the words, numbers
and names that it shares with the sentence. What the sentence adds to the question counts most.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.answering.grounding.names import missing_names
from assistant.answering.grounding.numbers import missing_numbers
from assistant.library import Embedder, Vector
from assistant.retrieval import Evidence
from assistant.text.proper_names import find_names
from assistant.text.quantities import find_quantities
from assistant.text.words import content_stems

# A sentence that states two facts may need two citations, hardly ever more.
_MAX_CITATIONS = 2
_QUESTION_WORDS_WEIGHT = 0.5
# A sentence has a clear source if the cosine of the best evidence is at least this,
_CLEAR_SIMILARITY = 0.5
# and its score exceeds the scores of all other papers by at least this.
_CLEAR_LEAD = 0.2


@dataclass(frozen=True, slots=True)
class Support:
    """How well each evidence sentence supports a sentence of the answer.

    Attributes:
        text: the sentence of the answer.
        evidence: the evidence sentences.
        facts: the numbers and names that the sentence adds to the question, as written.
        facts_found: for each evidence sentence, the facts that it or its paper's title contains.
        similarity: cosine for each evidence sentence, shape (len(evidence),).
        scores: the similarity plus the weighted shares of facts and words, same shape.
    """

    text: str
    evidence: Sequence[Evidence]
    facts: frozenset[str]
    facts_found: Sequence[frozenset[str]]
    similarity: Vector
    scores: Vector

    def cited(self) -> list[Evidence]:
        """Return the evidence to cite, best first.

        This is the sentence with the best score and, if it lacks facts, the one with most of them.
        """
        if not self.evidence:
            return []
        best = int(np.argmax(self.scores))
        cited = [best]
        open_facts = self.facts - self.facts_found[best]
        # Another paper has to share words with the sentence: a number alone may match by chance.
        words = _words_without_numbers(self.text)
        related = [
            one.paper == self.evidence[best].paper
            or bool(words & _words_without_numbers(f"{one.paper.title} {one.text}"))
            for one in self.evidence
        ]
        while open_facts and len(cited) < _MAX_CITATIONS:
            gains = [
                len(found & open_facts) * is_related
                for found, is_related in zip(self.facts_found, related, strict=True)
            ]
            if max(gains) == 0:
                break
            further = max(range(len(gains)), key=lambda i: (gains[i], self.similarity[i]))
            cited.append(further)
            open_facts -= self.facts_found[further]
        return [self.evidence[i] for i in cited]

    def clear_source(self) -> Evidence | None:
        """Return the evidence that the sentence paraphrases; None if that is not clear."""
        if not self.evidence:
            return None
        best = int(np.argmax(self.scores))
        source = self.evidence[best]
        rivals = [
            score
            for score, one in zip(self.scores, self.evidence, strict=True)
            if one.paper != source.paper
        ]
        leads = self.scores[best] - max(rivals, default=-np.inf) >= _CLEAR_LEAD
        return source if leads and self.similarity[best] >= _CLEAR_SIMILARITY else None


class Attributor:
    """Measures how well each evidence sentence supports the sentences of an answer."""

    def __init__(self, question: str, evidence: Sequence[Evidence], embedder: Embedder) -> None:
        self._question = question
        self._evidence = evidence
        self._embedder = embedder

    def support(self, text: str) -> Support:
        """Return the support of each evidence sentence for a sentence of the answer."""
        facts = _facts(text) - _facts_in(text, self._question)
        words = content_stems(text)
        new_words = words - content_stems(self._question)
        similarity = self._similarity(text)
        facts_found = [
            _facts_in(text, f"{one.paper.title}\n{one.text}") & facts for one in self._evidence
        ]
        shares = [
            _share(found, facts)
            + _share(new_words & evidence_words, new_words)
            # Words of the question break ties between sentences with the same new words.
            + _QUESTION_WORDS_WEIGHT * _share(words & evidence_words, words)
            for found, evidence_words in zip(
                facts_found, [content_stems(one.text) for one in self._evidence], strict=True
            )
        ]
        scores = similarity + np.asarray(shares)
        return Support(text, self._evidence, facts, facts_found, similarity, scores)

    def _similarity(self, text: str) -> Vector:
        if not self._evidence:
            return np.zeros(0, dtype=np.float32)
        return np.asarray(self._evidence_vectors @ self._embedder.embed([text])[0])

    @cached_property
    def _evidence_vectors(self) -> Vector:
        return self._embedder.embed([one.text for one in self._evidence])


def _facts(text: str) -> frozenset[str]:
    """Return the numbers and names of a text as written."""
    numbers = (number.written for number in find_quantities(text) if number.explicit)
    return frozenset((*numbers, *find_names(text)))


def _facts_in(text: str, source: str) -> frozenset[str]:
    """Return the numbers and names of a text that also occur in a source."""
    return _facts(text).difference(missing_numbers(text, [source]), missing_names(text, [source]))


def _share(found: Collection[object], wanted: Collection[object]) -> float:
    return len(found) / max(1, len(wanted))


def _words_without_numbers(text: str) -> frozenset[str]:
    """Return the stems of the content words, without numbers in digits or words."""
    numbers = (number.written for number in find_quantities(text) if number.explicit)
    return content_stems(text) - content_stems(" ".join(numbers))
