"""One call from a question to ranked papers and evidence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.library import EVERYTHING, Level, Library, Scope, Vector
from assistant.papers import Paper
from assistant.retrieval.ambiguity import Ambiguity, judge_ambiguity
from assistant.retrieval.evidence import Evidence, choose_evidence
from assistant.retrieval.fusion import Signal, fuse
from assistant.retrieval.idf import inverse_document_frequencies
from assistant.retrieval.two_papers.decompose import decompose
from assistant.retrieval.two_papers.pair import find_pair
from assistant.retrieval.word_similarity import word_similarity
from assistant.settings import Settings
from assistant.text.words import content_words

# How many chunks, abstracts and word matches are candidates: enough that the papers left out
# would not have come near the top, whatever the size of the library.
_NEAREST_CHUNKS = 300
_NEAREST_ABSTRACTS = 120
_WORD_MATCHES = 120

# How rare a word is that half of the papers have. BM25 gives next to nothing for one that as many
# have, but would have to score all of them.
_SAYS_LITTLE = math.log(2)

# Among how many of the best papers the second one of a question about two is looked for.
_PAIRED = 40

# How many of the best papers are ranked again where the ranking is unsure. To compare words takes
# longest of it all, and a paper further down would not come near the top.
_RANKED_AGAIN = 120

# Weights of the fusion; chosen on development questions.
_CHUNK_WEIGHT = 2.0
_ABSTRACT_WEIGHT = 1.0
_WORDS_WEIGHT = 1.5

# The same for a ranking that is unsure, with words alike in place of BM25, whose words the question
# then mostly lacks; fitted on the questions of one library and tried on the other's, both ways.
_UNSURE_CHUNK_WEIGHT = 2.0
_UNSURE_ABSTRACT_WEIGHT = 0.6
_UNSURE_ALIKE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class RankedPaper:
    """A paper with its fused score; only comparable within one question."""

    paper: Paper
    score: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What retrieval found for a question.

    Attributes:
        papers: best first, at most ``settings.papers_ranked``.
        evidence: sentences of the first ``settings.papers_read`` papers, grouped by paper; of the
            two that the question is about if it is about two.
        ambiguity: whether one paper is meant, two, or which one is unclear.
        asked: what a question about two papers asks of each, in the order of the evidence, if it
            can be taken apart; else empty.
    """

    papers: tuple[RankedPaper, ...]
    evidence: tuple[Evidence, ...]
    ambiguity: Ambiguity
    asked: tuple[str, ...] = ()


def retrieve(
    library: Library,
    question: str,
    settings: Settings,
    scope: Scope = EVERYTHING,
    *,
    is_follow_up: bool = False,
) -> Retrieval:
    """Rank the papers of a library's scope for a question and choose the evidence.

    Three rankings are fused: the papers' best chunk, the whole abstract (both by cosine), and
    BM25 over titles and abstracts. Where that leaves open which paper is meant, words alike take
    the place of BM25.

    Args:
        library: that is searched.
        question: in plain words.
        settings: how many papers are ranked and read, and how many sentences are evidence.
        scope: the papers that may be found.
        is_follow_up: whether the question includes the earlier ones that it follows up on.
    """
    vector = library.embedder.embed_question(question)
    near = _Near(
        chunks=_best_by_paper(library, "chunk", vector, _NEAREST_CHUNKS, scope),
        abstracts=_best_by_paper(library, "abstract", vector, _NEAREST_ABSTRACTS, scope),
    )
    idf = inverse_document_frequencies(library, content_words(question))
    telling = [word for word, rare in idf.items() if rare > _SAYS_LITTLE]
    words = dict(library.catalogue.match_words(telling or list(idf), _WORD_MATCHES, scope))
    fused = fuse(
        [
            Signal(near.chunks, _CHUNK_WEIGHT),
            Signal(near.abstracts, _ABSTRACT_WEIGHT),
            Signal(words, _WORDS_WEIGHT, absent=0.0),
        ]
    )
    wanted = max(settings.papers_ranked, settings.papers_read, _PAIRED)
    papers = _with_papers(library, fused[:wanted])
    # Without any spread there is one candidate, or none, or nothing to tell them apart by.
    spread = float(np.std([score for _, score in fused] or [0.0])) or 1.0
    scaled = [(paper, score / spread) for paper, score in papers]
    pair = find_pair(question, scaled[:_PAIRED], idf)
    ambiguity = judge_ambiguity([score for _, score in scaled], pair, is_follow_up=is_follow_up)
    if ambiguity == "ambiguous":
        papers += _with_papers(library, fused[wanted:_RANKED_AGAIN])
        best = [paper for paper, _ in papers[:_RANKED_AGAIN]]
        papers = _rank_again(library, near, idf, best) + papers[_RANKED_AGAIN:]
    count = settings.evidence_sentences
    asked: list[tuple[Paper, str]] = []
    if pair and ambiguity == "two":
        both = (papers[0][0], pair.second)
        papers = sorted(papers, key=lambda one: one[0] not in both)
        if not is_follow_up:  # else what was asked before stands in the question, too
            asked = decompose(library, question, both)
        # Together they would be scored by the whole question, and one would crowd out the other.
        evidence = tuple(
            sentence
            for paper, own in asked or [(paper, question) for paper in both]
            for sentence in choose_evidence(
                library, own, library.embedder.embed_question(own), [(paper, 1.0)], count
            )
        )
    else:
        evidence = choose_evidence(library, question, vector, papers[: settings.papers_read], count)
    return Retrieval(
        papers=tuple(RankedPaper(*one) for one in papers[: settings.papers_ranked]),
        evidence=evidence,
        ambiguity=ambiguity,
        asked=tuple(own for _, own in asked),
    )


def narrow(
    library: Library, question: str, retrieval: Retrieval, order: Sequence[Paper], count: int
) -> Retrieval:
    """Return a retrieval with some papers moved to its top and evidence of the first of them.

    Args:
        library: that was searched.
        question: in plain words.
        retrieval: what was found.
        order: some of the ranked papers, best first.
        count: how many sentences of the first paper become evidence at most.
    """
    scores = {ranked.paper.id: ranked.score for ranked in retrieval.papers}
    rest = [ranked for ranked in retrieval.papers if ranked.paper not in order]
    moved = [RankedPaper(paper, scores[paper.id]) for paper in order]
    vector = library.embedder.embed_question(question)
    best = [(order[0], scores[order[0].id])]
    return replace(
        retrieval,
        papers=(*moved, *rest),
        evidence=choose_evidence(library, question, vector, best, count),
    )


@dataclass(frozen=True, slots=True)
class _Near:
    """How near papers are to a question: the cosine of their best chunk, and of the abstract."""

    chunks: Mapping[str, float]
    abstracts: Mapping[str, float]

    def of(self, papers: Sequence[Paper]) -> "_Near":
        """Return the same of these papers alone."""
        ids = {paper.id for paper in papers}
        return _Near(
            *(
                {id_: cosine for id_, cosine in cosines.items() if id_ in ids}
                for cosines in (self.chunks, self.abstracts)
            )
        )


def _rank_again(
    library: Library, near: _Near, idf: Mapping[str, float], papers: Sequence[Paper]
) -> list[tuple[Paper, float]]:
    """Rank papers for a question of which BM25 does not tell clearly which paper it means."""
    near = near.of(papers)
    ranking = fuse(
        [
            Signal(near.chunks, _UNSURE_CHUNK_WEIGHT),
            Signal(near.abstracts, _UNSURE_ABSTRACT_WEIGHT),
            Signal(word_similarity(library, idf, papers), _UNSURE_ALIKE_WEIGHT),
        ]
    )
    by_id = {paper.id: paper for paper in papers}
    return [(by_id[id_], score) for id_, score in ranking]


def _with_papers(
    library: Library, ranking: Sequence[tuple[str, float]]
) -> list[tuple[Paper, float]]:
    """Return a ranking with its papers in place of their ids."""
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
