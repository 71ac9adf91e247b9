"""Evidence selection: the sentences of the best papers that most likely contain the answer."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.library import Chunk, Library, Vector
from assistant.papers import Paper
from assistant.switches import ALL_STEPS
from assistant.text.instructions import (
    is_free_of_instructions,
    text_without_instructions,
    title_without_instructions,
)
from assistant.text.sentences import Span
from assistant.text.words import content_stems, content_words

# A sentence's score is its cosine to the question, plus the share of the question's words that it
# contains and the relative score of its paper, with these weights. Tuned on development questions.
_WORDS_WEIGHT = 0.5
_PAPER_WEIGHT = 0.25

# A sentence that only states where code or data are available ("Code is available at ...") matches
# this pattern and has hardly any other words. It is evidence only for questions about availability.
_AVAILABILITY = re.compile(r"https?://\S+|\bwww\.\S+|\bavailable\b", re.IGNORECASE)
_MAX_OTHER_WORDS = 5
_ASKS_FOR_AVAILABILITY = re.compile(
    r"\b(?:code|github|url|link|web|website|page|available|availability|releas|repositor|download"
    r"|open|public|where|weights|checkpoint|demo)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of an abstract that is shown to the model.

    Attributes:
        paper: the paper whose abstract contains it.
        span: its position, in characters of the abstract.
        score: its relevance to the question, comparable only within one question. It is ignored by
            ``==``, so that the same sentence is equal for all questions.
    """

    paper: Paper
    span: Span
    score: float = field(compare=False)

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.paper.abstract)


def select_evidence(
    library: Library,
    question: str,
    question_vector: Vector,
    papers: Sequence[tuple[Paper, float]],
    count: int,
    steps: Collection[str] = ALL_STEPS,
) -> tuple[Evidence, ...]:
    """Return the ``count`` best sentences of the papers, grouped by paper in reading order.

    Sentences that address the reader or a model are left out.

    Args:
        library: the library that stores the sentences and their vectors.
        question: in plain words.
        question_vector: its unit vector, shape (dimension,).
        papers: papers with their scores, best first.
        count: the maximum number of sentences.
        steps: the names of the enabled steps.
    """
    stored = library.catalogue.chunks_of([paper.id for paper, _ in papers], "sentence")
    sentences = [one for one in stored if is_free_of_instructions(one.span, one.paper.abstract)]
    if not sentences:
        return ()
    vectors = library.vectors_of(sentences)
    relative = _min_max_scaled([score for _, score in papers])
    paper_scores = {paper.id: score for (paper, _), score in zip(papers, relative, strict=True)}
    stems = content_stems(question)
    words_weight = _WORDS_WEIGHT if "evidence_words" in steps else 0.0
    paper_weight = _PAPER_WEIGHT if "evidence_papers" in steps else 0.0

    def score(sentence: Chunk) -> float:
        found = stems & content_stems(f"{sentence.text} {sentence.paper.title}")
        return (
            float(vectors[sentence.id] @ question_vector)
            + words_weight * len(found) / max(1, len(stems))
            + paper_weight * paper_scores[sentence.paper.id]
        )

    if "availability" in steps and not _ASKS_FOR_AVAILABILITY.search(question):
        others = [one for one in sentences if not is_availability_statement(one.text)]
        sentences = others or sentences
    scored = [
        Evidence(sentence.paper, sentence.span, score(sentence))
        for sentence in sentences
        if sentence.id in vectors
    ]
    best = sorted(scored, key=lambda one: -one.score)[:count]
    rank = {paper.id: rank for rank, (paper, _) in enumerate(papers)}
    return tuple(sorted(best, key=lambda one: (rank[one.paper.id], one.span.start)))


def paper_text_without_instructions(paper: Paper) -> str:
    """Return the title and abstract of a paper, in a form that is safe for a prompt."""
    return f"{title_without_instructions(paper.title)}\n{text_without_instructions(paper.abstract)}"


def is_availability_statement(sentence: str) -> bool:
    """Return whether a sentence only states where code or data are available."""
    other_words = content_words(_AVAILABILITY.sub("", sentence))
    return bool(_AVAILABILITY.search(sentence)) and len(other_words) <= _MAX_OTHER_WORDS


def _min_max_scaled(scores: Sequence[float]) -> list[float]:
    """Return scores scaled to between 0 and 1; all 1 if they are equal."""
    values = np.asarray(scores)
    spread = values.max() - values.min()
    if spread == 0:
        return [1.0] * len(values)
    return [float(value) for value in (values - values.min()) / spread]
