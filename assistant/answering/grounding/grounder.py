"""Grounding: each finished sentence is cited to the evidence that supports it, and checked.

A small model's own ``[n]`` marks are unreliable, so it is not asked for any. What a sentence says
is looked for in the evidence that the model was shown: by meaning (cosine of the embeddings) and
by the words that the sentence adds to the question, its numbers and names first. A sentence with a
number that the cited abstracts lack, or that contradicts its evidence, gives way to the evidence.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.answering.answer import (
    AnswerSentence,
    Citation,
    SentenceDropped,
    SentenceWritten,
)
from assistant.answering.grounding.contradictions.directions import opposes
from assistant.answering.grounding.contradictions.misplaced import misplaces
from assistant.answering.grounding.contradictions.pairings import swaps
from assistant.answering.grounding.contradictions.ratios import mistakes_ratio, shares_quantity
from assistant.answering.grounding.names import missing_names, spelt_out
from assistant.answering.grounding.non_answers import is_excuse, lacks_number, says_something
from assistant.answering.grounding.numbers import missing_numbers
from assistant.answering.grounding.quotations import missing_quotations
from assistant.library import Embedder, Vector
from assistant.retrieval import Evidence
from assistant.text.proper_names import find_names
from assistant.text.quantities import find_quantities
from assistant.text.words import content_stems

# A sentence that says two things may be cited to two sentences, hardly ever to more.
_MAX_CITATIONS = 2
_QUESTION_WORDS_WEIGHT = 0.5
# A sentence clearly leans on one evidence if it is this near to it, by cosine,
_CLEARLY_ALIKE = 0.5
# and that supports it this much better than what another paper states.
_CLEAR_LEAD = 0.2


@dataclass(slots=True)
class Grounder:
    """Cites and checks the sentences of one answer, one after the other.

    Attributes:
        question: its words tell nothing about which evidence was used.
        evidence: the sentences that the model was shown.
        embedder: compares meanings.
        said: the question with those before it: names in it are none that the model invented.
        keeps_echoes: whether a sentence stays that only says the question again.
        citations: those used so far, numbered from 1.
        holds: whether a sentence said something that holds so far.
    """

    question: str
    evidence: Sequence[Evidence]
    embedder: Embedder
    said: str = ""
    keeps_echoes: bool = False
    citations: list[Citation] = field(default_factory=list)
    holds: bool = False
    _vectors: Vector | None = None
    _quoted: list[Evidence] = field(default_factory=list)
    _dropped: list[Evidence] = field(default_factory=list)

    def about(self, question: str, evidence: Sequence[Evidence]) -> "Grounder":
        """Return the same for a part of the question and of the evidence; citations go on."""
        return replace(self, question=question, evidence=evidence, _vectors=None)

    def check(self, text: str) -> SentenceWritten | SentenceDropped:
        """Cite and check a finished sentence; one that does not hold gives way to its evidence.

        It does not hold if it has an invented number, name or quotation, or contradicts its
        evidence. A number is invented if the cited abstracts lack it, a name or a quotation if
        neither the question nor any paper that the model was shown has it. A name that only the
        cited abstracts lack is flagged. Where it is clear which evidence such a sentence leans on,
        the paper is quoted in its place; otherwise, or if that was quoted already, the sentence is
        dropped. So is an excuse, since that the abstracts do not say is for `decide.py` to tell,
        and an echo of the question.
        """
        says = says_something(text, self.question)
        if not says and (not self.keeps_echoes or is_excuse(text)):
            return SentenceDropped(AnswerSentence(text, (), supported=False))
        support = self._support(text)
        chosen = self._attribute(text, support)
        cited = _texts(chosen)
        wrong_numbers = missing_numbers(text, cited)
        missing = wrong_numbers + missing_names(text, cited)
        seen = [self.question, self.said, *_texts(self.evidence)]
        invented = set(missing_names(text, seen)) - spelt_out(text, seen)
        invented.update(missing_quotations(text, seen))
        rightful = self._says_it_rightly(text, chosen)
        if wrong_numbers or invented or rightful or any(_contradicts(text, one) for one in chosen):
            leans_on = rightful or self._of_its_quantity(text, chosen) or self._leans_on(support)
            if leans_on and leans_on not in self._quoted:
                return self.quote(leans_on)
            self._dropped.extend(chosen[:1])
            return SentenceDropped(AnswerSentence(text, (), supported=False, missing=missing))
        self.holds |= says and not lacks_number(text, self.question)
        numbers_cited = tuple(self.cite(evidence) for evidence in chosen)
        sentence = AnswerSentence(text, numbers_cited, supported=not missing, missing=missing)
        return SentenceWritten(sentence, tuple(self.citations))

    @property
    def has_quoted(self) -> bool:
        """Whether a paper spoke for itself in place of a sentence."""
        return bool(self._quoted)

    def state(self, text: str) -> SentenceWritten:
        """Cite a sentence that is no finding of its own to the evidence that fits best."""
        return self._written(text, max(self.evidence, key=lambda one: one.score))

    def quote(self, evidence: Evidence) -> SentenceWritten:
        """Let a paper speak for itself, by a sentence of its abstract."""
        self._quoted.append(evidence)
        title = f"\N{LEFT DOUBLE QUOTATION MARK}{evidence.paper.title}"
        return self._written(
            f"{title}\N{RIGHT DOUBLE QUOTATION MARK} states: {evidence.text}", evidence
        )

    def instead(self) -> SentenceWritten:
        """Quote the evidence in place of an answer of which no sentence held.

        It is the evidence that the first dropped sentence was nearest to, or that fits the question
        best.
        """
        best = max(self.evidence, key=lambda one: one.score)
        return self.quote(next(iter(self._dropped), best))

    def _written(self, text: str, evidence: Evidence) -> SentenceWritten:
        sentence = AnswerSentence(text, (self.cite(evidence),), supported=True)
        return SentenceWritten(sentence, tuple(self.citations))

    def _support(self, text: str) -> "_Support":
        """Return how far each evidence supports a sentence."""
        facts = _facts(text) - _held(text, self.question)
        words = content_stems(text)
        new_words = words - content_stems(self.question)
        similarity = self._similarity(text)
        holds = [_held(text, f"{one.paper.title}\n{one.text}") & facts for one in self.evidence]
        stems = [content_stems(one.text) for one in self.evidence]
        shares = [
            _share(held, facts)
            + _share(new_words & found, new_words)
            # What the question said too tells sentences apart that hold the same new words.
            + _QUESTION_WORDS_WEIGHT * _share(words & found, words)
            for held, found in zip(holds, stems, strict=True)
        ]
        return _Support(facts, similarity, holds, similarity + np.asarray(shares))

    def _attribute(self, text: str, support: "_Support") -> list[Evidence]:
        """Return the evidence that supports a sentence, the best first."""
        if not self.evidence:
            return []
        facts, similarity, holds = support.facts, support.similarity, support.holds
        best = int(np.argmax(support.score))
        chosen = [best]
        left = facts - holds[best]
        # Another paper must share words with the sentence: that it has the same number is chance.
        related = [
            one.paper == self.evidence[best].paper
            or bool(_plain_words(text) & _plain_words(f"{one.paper.title} {one.text}"))
            for one in self.evidence
        ]
        while left and len(chosen) < _MAX_CITATIONS:
            gains = [len(held & left) * near for held, near in zip(holds, related, strict=True)]
            most = max(gains)
            if most == 0:
                break
            further = max(
                (i for i, gain in enumerate(gains) if gain == most), key=lambda i: similarity[i]
            )
            chosen.append(further)
            left -= holds[further]
        return [self.evidence[i] for i in chosen]

    def _says_it_rightly(self, text: str, chosen: Sequence[Evidence]) -> Evidence | None:
        """Return the evidence that says what a sentence says, but with a number of its own."""
        papers = {one.paper for one in chosen}
        for one in self.evidence:
            cited = [f"{other.paper.title}\n{other.text}" for other in chosen if other != one]
            if one.paper in papers and cited and misplaces(text, cited, one.text):
                return one
        return None

    def _of_its_quantity(self, text: str, chosen: Sequence[Evidence]) -> Evidence | None:
        """Return the evidence with the ratio that a sentence should have had, if it has another."""
        for cited in chosen:
            if mistakes_ratio(text, cited.text, cited.paper.abstract):
                of_the_paper = (one for one in self.evidence if one.paper == cited.paper)
                return next((one for one in of_the_paper if shares_quantity(text, one.text)), None)
        return None

    def _leans_on(self, support: "_Support") -> Evidence | None:
        """Return the evidence that a sentence says in other words; None if that is not clear."""
        if not self.evidence:
            return None
        best = int(np.argmax(support.score))
        leans_on = self.evidence[best]
        rivals = [
            score
            for score, one in zip(support.score, self.evidence, strict=True)
            if one.paper != leans_on.paper
        ]
        clear = support.score[best] - max(rivals, default=-np.inf) >= _CLEAR_LEAD
        return leans_on if clear and support.similarity[best] >= _CLEARLY_ALIKE else None

    def _similarity(self, text: str) -> Vector:
        """Return the cosine of each evidence to a sentence."""
        if not self.evidence:
            return np.zeros(0, dtype=np.float32)
        if self._vectors is None:
            self._vectors = self.embedder.embed([one.text for one in self.evidence])
        return np.asarray(self._vectors @ self.embedder.embed([text])[0])

    def cite(self, evidence: Evidence) -> int:
        """Return the number of the citation of this evidence; the first time it is made."""
        for citation in self.citations:
            if citation.evidence == evidence:
                return citation.number
        self.citations.append(Citation(len(self.citations) + 1, evidence))
        return len(self.citations)


@dataclass(frozen=True, slots=True)
class _Support:
    """How far each evidence supports a sentence.

    Attributes:
        facts: the numbers and names that the sentence adds to the question, as written.
        similarity: cosine of each evidence.
        holds: which of the facts each evidence has.
        score: similarity and the shares of facts and words that each has.
    """

    facts: frozenset[str]
    similarity: Vector
    holds: Sequence[frozenset[str]]
    score: Vector


def _facts(text: str) -> frozenset[str]:
    """Return the numbers and names of a text as written."""
    claimed = (number.written for number in find_quantities(text) if number.explicit)
    return frozenset((*claimed, *find_names(text)))


def _held(text: str, source: str) -> frozenset[str]:
    """Return the numbers and names of a text that a source has."""
    return _facts(text).difference(missing_numbers(text, [source]), missing_names(text, [source]))


def _contradicts(text: str, evidence: Evidence) -> bool:
    """Tell whether a sentence contradicts its evidence: see the rules' own modules."""
    abstract = evidence.paper.abstract
    return any(rule(text, evidence.text, abstract) for rule in (opposes, swaps, mistakes_ratio))


def _texts(evidence: Sequence[Evidence]) -> list[str]:
    """Return the titles and whole abstracts of the papers of some evidence."""
    papers = dict.fromkeys(one.paper for one in evidence)
    return [f"{paper.title}\n{paper.abstract}" for paper in papers]


def _share(found: Collection[object], wanted: Collection[object]) -> float:
    return len(found) / max(1, len(wanted))


def _plain_words(text: str) -> frozenset[str]:
    """Return the stems of the content words that are no numbers, written in digits or letters."""
    written = (number.written for number in find_quantities(text) if number.explicit)
    return content_stems(text) - content_stems(" ".join(written))
