"""Relevance: estimates which papers contribute to the answer of a broad question.

Candidates are the papers most similar to the question and to its topic, and those that retrieval
ranks first for either. For each candidate, the model scores whether the paper is about the topic,
and the answerability probe scores whether its abstract answers the question. A logistic regression
over these scores and the similarities, fitted by ``assistant eval calibrate --questions broad``,
gives the probability that the paper contributes.

Design notes: docs/design/broad-questions.md
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.answerability import apply_probe
from assistant.answering.collection.topic_filter import Candidate, similarities
from assistant.answering.context import AnswerContext
from assistant.answering.events import PapersChecked
from assistant.answering.log_odds import log_odds
from assistant.answering.model_client import ModelClient
from assistant.answering.prompt_blocks import shown_sentences
from assistant.answering.question.topic import find_topic
from assistant.library import Library, Scope
from assistant.models import Probe
from assistant.papers import Paper
from assistant.retrieval import Evidence, retrieve, select_evidence
from assistant.settings import Settings
from assistant.text.instructions import spans_without_instructions

# On development questions, 16 candidates have 0.81 of the relevant papers, 24 have 0.88.
_CANDIDATES = 24
# The constant of reciprocal rank fusion (Cormack et al., 2009).
_RANK_CONSTANT = 60
# Small, because the first sentence of the answer waits until one batch is scored.
BATCH_SIZE = 4


@dataclass(frozen=True, slots=True)
class PaperFeatures:
    """The features of a paper for the relevance regression.

    Attributes:
        evidence: all sentences of the paper, scored for the question.
        values: log-odds that the paper is about the topic, and the difference from the best
            paper's; log-odds that its abstract answers the question, and the difference from the
            best paper's; BM25 and cosine to the topic, then to the question, as fractions of the
            best paper's.
    """

    evidence: tuple[Evidence, ...]
    values: tuple[float, ...]

    @property
    def paper(self) -> Paper:
        """The paper of the evidence."""
        return self.evidence[0].paper

    def probability(self, probe: Probe) -> float:
        """Return the probability, 0 to 1, that the paper contributes."""
        return apply_probe(probe, np.array(self.values, dtype=np.float32))


def score_relevance(
    library: Library, model: ModelClient, question: str, topic: str, scope: Scope
) -> Iterator[PapersChecked | list[PaperFeatures]]:
    """Score the candidates for a question.

    Args:
        library: with the papers.
        model: scores the candidates.
        question: in plain words.
        topic: what the question is about.
        scope: the papers to search.

    Yields:
        The progress and, after each batch, the features of the candidates scored so far, most
        similar first. A later batch may lower the features that are relative to the best candidate.
    """
    candidates = _candidates(library, model.settings, question, topic, scope)
    vector = library.embedder.embed_question(question)
    sentences = [
        select_evidence(library, question, vector, [(of_topic.paper, 0.0)], sys.maxsize)
        for of_topic, _ in candidates
    ]

    def is_cached(shown: Sequence[Evidence]) -> bool:
        return model.is_cached(model.prompt("answer", question, shown))

    yield PapersChecked(0, len(candidates), 0)
    about: list[float] = []
    answers: list[float] = []
    for start in range(0, len(candidates), BATCH_SIZE):
        batch = [shown_sentences(own, is_cached) for own in sentences[start : start + BATCH_SIZE]]
        about += map(
            log_odds, model.yes_probabilities([model.prompt("belongs", topic, s) for s in batch])
        )
        answers += model.answerabilities(question, batch)
        yield PapersChecked(len(about), len(candidates), 0)
        yield _features(sentences, candidates, about, answers)


def _features(
    sentences: Sequence[tuple[Evidence, ...]],
    candidates: Sequence[tuple[Candidate, Candidate]],
    about: Sequence[float],
    answers: Sequence[float],
) -> list[PaperFeatures]:
    """Return the features of the candidates scored so far."""
    return [
        PaperFeatures(
            own,
            (
                one_about,
                one_about - max(about),
                one_answers,
                one_answers - max(answers),
                of_topic.bm25_share,
                of_topic.cosine_share,
                of_question.bm25_share,
                of_question.cosine_share,
            ),
        )
        for own, (of_topic, of_question), one_about, one_answers in zip(
            sentences, candidates, about, answers, strict=False
        )
    ]


def relevance_features(context: AnswerContext, question: str) -> list[PaperFeatures]:
    """Return the features of the candidates for a question, for fitting the calibration."""
    topic = find_topic(question, "synthesis", context.library.embedder)
    *_, last = score_relevance(context.library, context.model, question, topic, context.scope)
    return [] if isinstance(last, PapersChecked) else last


def _candidates(
    library: Library, settings: Settings, question: str, topic: str, scope: Scope
) -> list[tuple[Candidate, Candidate]]:
    """Return the most likely papers, each scored for topic and question.

    Three rankings are fused: by similarity to both texts, and what retrieval finds for each.
    """
    of_topic, of_question = (similarities(library, text, scope) for text in (topic, question))
    ids = of_topic.candidate_ids() | of_question.candidate_ids()
    pairs = [
        (of_topic.candidate(paper), of_question.candidate(paper))
        for paper in library.catalogue.papers(list(ids))
    ]
    pairs.sort(key=lambda pair: -sum(one.bm25_share + one.cosine_share for one in pair))
    settings = replace(settings, papers_ranked=_CANDIDATES)
    rankings = [[of_topic.paper for of_topic, _ in pairs]]
    rankings += [
        [one.paper for one in retrieve(library, text, settings, scope).papers]
        for text in (question, topic)
    ]
    scores: defaultdict[Paper, float] = defaultdict(float)
    for ranking in rankings:
        for place, paper in enumerate(ranking, start=1):
            scores[paper] += 1 / (_RANK_CONSTANT + place)
    readable = [
        paper
        for paper in sorted(scores, key=lambda one: -scores[one])
        if spans_without_instructions(paper.abstract)
    ]
    return [
        (of_topic.candidate(paper), of_question.candidate(paper))
        for paper in readable[:_CANDIDATES]
    ]
