"""One call from a question to ranked papers and evidence."""

from dataclasses import dataclass

from assistant.library import Level, Library, Vector
from assistant.papers import Paper
from assistant.retrieval.evidence import Evidence, choose_evidence
from assistant.retrieval.fusion import Signal, fuse
from assistant.retrieval.words import content_words
from assistant.settings import Settings

# How many chunks, abstracts and word matches are candidates: enough that the papers left out
# would not have come near the top, whatever the size of the library.
_NEAREST_CHUNKS = 300
_NEAREST_ABSTRACTS = 120
_WORD_MATCHES = 120

# Weights of the fusion; chosen on development questions.
_CHUNK_WEIGHT = 2.0
_ABSTRACT_WEIGHT = 1.0
_WORDS_WEIGHT = 1.5


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
        evidence: sentences of the first ``settings.papers_read`` papers, grouped by paper.
    """

    papers: tuple[RankedPaper, ...]
    evidence: tuple[Evidence, ...]


def retrieve(library: Library, question: str, settings: Settings) -> Retrieval:
    """Rank the papers of a library for a question and choose the evidence.

    Three rankings are fused: the papers' best chunk, the whole abstract (both by cosine), and
    BM25 over titles and abstracts.
    """
    vector = library.embedder.embed([question])[0]
    chunks = _best_by_paper(library, "chunk", vector, _NEAREST_CHUNKS)
    abstracts = _best_by_paper(library, "abstract", vector, _NEAREST_ABSTRACTS)
    words = dict(library.catalogue.match_words(content_words(question), _WORD_MATCHES))
    ranking = fuse(
        [
            Signal(chunks, _CHUNK_WEIGHT),
            Signal(abstracts, _ABSTRACT_WEIGHT),
            Signal(words, _WORDS_WEIGHT, absent=0.0),
        ]
    )[: max(settings.papers_ranked, settings.papers_read)]
    found = {paper.id: paper for paper in library.catalogue.papers([id_ for id_, _ in ranking])}
    papers = [(found[id_], score) for id_, score in ranking if id_ in found]
    return Retrieval(
        papers=tuple(RankedPaper(*pair) for pair in papers[: settings.papers_ranked]),
        evidence=choose_evidence(
            library, question, vector, papers[: settings.papers_read], settings.evidence_sentences
        ),
    )


def _best_by_paper(library: Library, level: Level, vector: Vector, limit: int) -> dict[str, float]:
    """Return the best cosine of each paper among the nearest chunks of a level."""
    best: dict[str, float] = {}
    for paper_id, cosine in library.nearest(level, vector, limit):
        best.setdefault(paper_id, cosine)
    return best
