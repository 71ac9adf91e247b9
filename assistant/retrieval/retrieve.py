"""Retrieval of ranked papers and evidence for a question.

Design notes: docs/design/retrieval-fusion.md
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.library import EVERYTHING, Level, Library, Scope, Vector
from assistant.papers import Paper
from assistant.retrieval.ambiguity import Ambiguity, classify_ambiguity
from assistant.retrieval.evidence import Evidence, select_evidence
from assistant.retrieval.fusion import Signal, fuse
from assistant.retrieval.idf import inverse_document_frequencies
from assistant.retrieval.two_papers.decompose import decompose
from assistant.retrieval.two_papers.pair import find_pair
from assistant.retrieval.word_similarity import word_similarity
from assistant.settings import Settings
from assistant.switches import ALL_STEPS
from assistant.text.words import content_words

# The number of nearest chunks, nearest abstracts and BM25 matches that are candidates. Whatever the
# size of the library, papers that are left out would not rank near the top.
_CHUNK_CANDIDATES = 300
_ABSTRACT_CANDIDATES = 120
_WORD_CANDIDATES = 120

# BM25 ignores words with a lower IDF than that of a word in half of the papers. They add next to
# nothing to the score, but all papers that contain them would have to be scored.
_MIN_IDF = math.log(2)

# The number of best papers among which to look for the second paper of a question about two.
_PAIR_CANDIDATES = 40

# The number of best papers that are ranked by word similarity if the question is ambiguous.
# Comparing words is slow, and lower-ranked papers would not come near the top.
_SIMILARITY_CANDIDATES = 120

# Fusion weights, tuned on development questions.
_CHUNK_WEIGHT = 2.0
_ABSTRACT_WEIGHT = 1.0
_WORDS_WEIGHT = 1.5

# Fusion weights for ambiguous questions, where word similarity replaces BM25: such questions have
# few words in common with the paper. Fitted on the questions of one library and tested on those of
# the other, in both directions.
_AMBIGUOUS_CHUNK_WEIGHT = 2.0
_AMBIGUOUS_ABSTRACT_WEIGHT = 0.6
_AMBIGUOUS_SIMILARITY_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class RankedPaper:
    """A paper with its fused score; only comparable within one question."""

    paper: Paper
    score: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The result of retrieval for a question.

    Attributes:
        papers: best first, at most ``settings.papers_ranked``.
        evidence: sentences grouped by paper, from the two papers that the question is about, or
            else from the best ``settings.papers_read``.
        ambiguity: whether the question is about one paper or two, or is ambiguous.
        sub_questions: for a question about two papers that can be decomposed, the id of each paper
            with the part of the question about it; otherwise empty.
    """

    papers: tuple[RankedPaper, ...]
    evidence: tuple[Evidence, ...]
    ambiguity: Ambiguity
    sub_questions: tuple[tuple[str, str], ...] = ()


def retrieve(
    library: Library,
    question: str,
    settings: Settings,
    scope: Scope = EVERYTHING,
    *,
    is_follow_up: bool = False,
) -> Retrieval:
    """Rank the papers of a library for a question and select evidence.

    Three rankings are fused: by the cosine of each paper's best chunk, by the cosine of its whole
    abstract, and by BM25 over title and abstract. If the result is ambiguous, the papers are ranked
    again with word similarity in place of BM25.

    Args:
        library: the library to search.
        question: in plain words.
        settings: the settings, for the number of papers to rank and to read, the number of evidence
            sentences, and the enabled steps.
        scope: the papers to search.
        is_follow_up: whether the question includes the earlier questions it follows up on.
    """
    steps = settings.enabled_steps
    vector = library.embedder.embed_question(question)
    dense = _DenseScores(
        chunks=_best_by_paper(library, "chunk", vector, _CHUNK_CANDIDATES, scope)
        if "chunks" in steps
        else {},
        abstracts=_best_by_paper(library, "abstract", vector, _ABSTRACT_CANDIDATES, scope)
        if "abstracts" in steps
        else {},
    )
    idf = inverse_document_frequencies(library, content_words(question))
    rare = [word for word, value in idf.items() if value > _MIN_IDF]
    bm25: dict[str, float] = {}
    if "bm25" in steps:
        bm25 = dict(library.catalogue.words.match(rare or list(idf), _WORD_CANDIDATES, scope))
    fused = fuse(
        [
            Signal(dense.chunks, _CHUNK_WEIGHT),
            Signal(dense.abstracts, _ABSTRACT_WEIGHT),
            Signal(bm25, _WORDS_WEIGHT, missing_score=0.0),
        ]
    )
    needed = max(settings.papers_ranked, settings.papers_read, _PAIR_CANDIDATES)
    papers = _load_papers(library, fused[:needed])
    # The deviation is 0 if there are fewer than two candidates or all scores are equal.
    deviation = float(np.std([score for _, score in fused] or [0.0])) or 1.0
    standardized = [(paper, score / deviation) for paper, score in papers]
    pair = None
    if "two_papers" in steps:
        pair = find_pair(question, standardized[:_PAIR_CANDIDATES], idf)
    scores = [score for _, score in standardized]
    ambiguity = classify_ambiguity(scores, pair, is_follow_up=is_follow_up)
    if ambiguity == "ambiguous" and "word_similarity" in steps:
        papers += _load_papers(library, fused[needed:_SIMILARITY_CANDIDATES])
        best = [paper for paper, _ in papers[:_SIMILARITY_CANDIDATES]]
        reranked = _rank_by_similarity(library, dense, idf, best)
        papers = reranked + papers[_SIMILARITY_CANDIDATES:]
    sub_questions: list[tuple[Paper, str]] = []
    if pair and ambiguity == "two":
        both = (papers[0][0], pair.second)
        papers = sorted(papers, key=lambda one: one[0] not in both)
        # The search text of a follow-up includes earlier questions, which must not be answered.
        if not is_follow_up and "decomposition" in steps:
            sub_questions = decompose(library, question, both, steps)
        parts = sub_questions or [(paper, question) for paper in both]
        evidence = _evidence_of_each(library, parts, settings.evidence_sentences, steps)
    else:
        evidence = select_evidence(
            library,
            question,
            vector,
            papers[: settings.papers_read],
            settings.evidence_sentences,
            steps,
        )
    return Retrieval(
        papers=tuple(RankedPaper(*one) for one in papers[: settings.papers_ranked]),
        evidence=evidence,
        ambiguity=ambiguity,
        sub_questions=tuple((paper.id, part) for paper, part in sub_questions),
    )


def restrict_evidence(
    library: Library,
    question: str,
    retrieval: Retrieval,
    order: Sequence[Paper],
    count: int,
    steps: Collection[str] = ALL_STEPS,
) -> Retrieval:
    """Return a retrieval with some papers moved to the top, and evidence from the first one only.

    Args:
        library: the library that was searched.
        question: in plain words.
        retrieval: the result to change.
        order: some of the ranked papers, best first.
        count: the maximum number of sentences.
        steps: the names of the enabled steps.
    """
    scores = {ranked.paper.id: ranked.score for ranked in retrieval.papers}
    rest = [ranked for ranked in retrieval.papers if ranked.paper not in order]
    moved = [RankedPaper(paper, scores[paper.id]) for paper in order]
    vector = library.embedder.embed_question(question)
    best = [(order[0], scores[order[0].id])]
    return replace(
        retrieval,
        papers=(*moved, *rest),
        evidence=select_evidence(library, question, vector, best, count, steps),
    )


@dataclass(frozen=True, slots=True)
class _DenseScores:
    """The cosines between a question and papers, by paper id.

    Attributes:
        chunks: the cosine of each paper's best chunk.
        abstracts: the cosine of each paper's whole abstract.
    """

    chunks: Mapping[str, float]
    abstracts: Mapping[str, float]

    def of(self, papers: Sequence[Paper]) -> "_DenseScores":
        """Return the scores of these papers only."""
        ids = {paper.id for paper in papers}
        return _DenseScores(
            *(
                {id_: cosine for id_, cosine in cosines.items() if id_ in ids}
                for cosines in (self.chunks, self.abstracts)
            )
        )


def _rank_by_similarity(
    library: Library, dense: _DenseScores, idf: Mapping[str, float], papers: Sequence[Paper]
) -> list[tuple[Paper, float]]:
    """Rank papers for an ambiguous question, with word similarity in place of BM25."""
    dense = dense.of(papers)
    ranking = fuse(
        [
            Signal(dense.chunks, _AMBIGUOUS_CHUNK_WEIGHT),
            Signal(dense.abstracts, _AMBIGUOUS_ABSTRACT_WEIGHT),
            Signal(word_similarity(library, idf, papers), _AMBIGUOUS_SIMILARITY_WEIGHT),
        ]
    )
    by_id = {paper.id: paper for paper in papers}
    return [(by_id[id_], score) for id_, score in ranking]


def _evidence_of_each(
    library: Library, parts: Sequence[tuple[Paper, str]], count: int, steps: Collection[str]
) -> tuple[Evidence, ...]:
    """Select up to ``count`` sentences of each paper for its part of the question.

    The papers are scored separately. Otherwise, all sentences could be from one of them.
    """
    return tuple(
        sentence
        for paper, question in parts
        for sentence in select_evidence(
            library,
            question,
            library.embedder.embed_question(question),
            [(paper, 1.0)],
            count,
            steps,
        )
    )


def _load_papers(
    library: Library, ranking: Sequence[tuple[str, float]]
) -> list[tuple[Paper, float]]:
    """Return a ranking with ids replaced by papers; papers that are missing are left out."""
    found = {paper.id: paper for paper in library.catalogue.papers([id_ for id_, _ in ranking])}
    return [(found[id_], score) for id_, score in ranking if id_ in found]


def _best_by_paper(
    library: Library, level: Level, vector: Vector, limit: int, scope: Scope
) -> dict[str, float]:
    """Return the best cosine of each paper among the nearest chunks of a level."""
    best: dict[str, float] = {}
    for paper_id, cosine in library.nearest(level, vector, limit, scope):
        best.setdefault(paper_id, cosine)
    return best
