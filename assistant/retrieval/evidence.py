"""Evidence: the sentences of the best papers that most likely hold the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.library import Chunk, Library, Vector
from assistant.papers import Paper
from assistant.text.sentences import Span
from assistant.text.words import content_stems, content_words

# A sentence's score is its cosine to the question plus these shares, weighed as was best on
# development questions.
_WORDS_WEIGHT = 0.5
_PAPER_WEIGHT = 0.25

# A sentence that only says where code or data lie ("Code is available at ...") has a URL or says
# that they are available, and hardly any other word. It answers nobody who does not ask for that.
_POINTS = re.compile(r"https?://\S+|\bwww\.\S+|\bavailable\b", re.IGNORECASE)
_WORDS_BESIDE = 5
_WANTS_POINTER = re.compile(
    r"\b(?:code|github|url|link|web|website|page|available|availability|releas|repositor|download"
    r"|open|public|where|weights|checkpoint|demo)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of an abstract that is shown to the model.

    Attributes:
        paper: the paper whose abstract it stands in.
        span: where, in characters of the abstract.
        score: how well it fits the question; only comparable within one question.
    """

    paper: Paper
    span: Span
    score: float

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.paper.abstract)


def choose_evidence(
    library: Library,
    question: str,
    question_vector: Vector,
    papers: Sequence[tuple[Paper, float]],
    count: int,
) -> tuple[Evidence, ...]:
    """Return the ``count`` best sentences of the papers, grouped by paper in reading order.

    Args:
        library: where the sentences and their vectors are stored.
        question: in plain words.
        question_vector: its unit vector, shape (dimension,).
        papers: papers with their scores, best first.
        count: how many sentences to return at most.
    """
    sentences = library.catalogue.chunks_of([paper.id for paper, _ in papers], "sentence")
    if not sentences:
        return ()
    vectors = library.vectors_of(sentences)
    shares = _relative([score for _, score in papers])
    paper_share = {paper.id: share for (paper, _), share in zip(papers, shares, strict=True)}
    wanted = content_stems(question)

    def score(sentence: Chunk) -> float:
        found = wanted & content_stems(f"{sentence.text} {sentence.paper.title}")
        return (
            float(vectors[sentence.id] @ question_vector)
            + _WORDS_WEIGHT * len(found) / max(1, len(wanted))
            + _PAPER_WEIGHT * paper_share[sentence.paper.id]
        )

    if not _WANTS_POINTER.search(question):
        telling = [sentence for sentence in sentences if not only_points(sentence.text)]
        sentences = telling or sentences
    scored = [
        Evidence(sentence.paper, sentence.span, score(sentence))
        for sentence in sentences
        if sentence.id in vectors
    ]
    best = sorted(scored, key=lambda one: -one.score)[:count]
    place = {paper.id: place for place, (paper, _) in enumerate(papers)}
    return tuple(sorted(best, key=lambda one: (place[one.paper.id], one.span.start)))


def only_points(sentence: str) -> bool:
    """Tell whether a sentence says no more than where code or data lie."""
    beside = content_words(_POINTS.sub("", sentence))
    return bool(_POINTS.search(sentence)) and len(beside) <= _WORDS_BESIDE


def _relative(scores: Sequence[float]) -> list[float]:
    """Return scores scaled so that the best is 1 and the lowest 0."""
    values = np.asarray(scores)
    spread = values.max() - values.min()
    if spread == 0:
        return [1.0] * len(values)
    return [float(value) for value in (values - values.min()) / spread]
