"""Selects the reported numbers that a question asks about and that can be compared."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.library import Library, Vector
from assistant.library.results import Result
from assistant.papers import Paper
from assistant.retrieval.idf import inverse_document_frequencies
from assistant.text.proper_names import find_names, occurrences
from assistant.text.words import content_words, stem

# The context of a number: this many characters on either side.
_CONTEXT = 90
# Weights of the question's words around a number and of the similarity to what it measures; the
# cosine of its sentence has weight 1. Tuned on ten development questions and fifteen of our own.
_WORDS_WEIGHT = 0.6
_MEASURED_WEIGHT = 1.0
# Numbers with at least this share of the best score are compared and determine the dimension.
_MIN_SHARE_OF_BEST = 0.85
# At least six letters, so that "test" is not a superlative.
_SUPERLATIVE = re.compile(r"\w{3,}est")


@dataclass(frozen=True, slots=True)
class ScoredResult:
    """A result and how well it fits a question; scores are comparable only within one question."""

    result: Result
    score: float


def fitting_results(
    library: Library, question: str, topic: str, papers: Sequence[Paper]
) -> list[ScoredResult]:
    """Return the reported numbers that a question asks about, best first.

    They share one dimension, so that their amounts can be compared.

    Args:
        library: the library with the papers.
        question: the question in plain words.
        topic: the question without its phrasing ("what is the largest ..."); may be empty.
        papers: the papers whose numbers are compared.
    """
    results = _with_names(library.results.of(papers), find_names(question))
    scored = _scored(library, question, topic, results)
    fitting = [one for one in scored if one.score >= _MIN_SHARE_OF_BEST * scored[0].score]
    weights: dict[str, float] = {}
    for one in fitting:
        dimension = one.result.dimension
        weights[dimension] = weights.get(dimension, 0.0) + one.score
    main = max(weights, key=lambda name: weights[name], default="")
    return [one for one in fitting if one.result.dimension == main]


def _with_names(results: Sequence[Result], names: Sequence[str]) -> Sequence[Result]:
    """Return the results with all names nearby.

    If there are none, return those of papers that contain all names, and failing that, all results.
    """
    if not names:
        return results

    def have(text: str) -> bool:
        return all(occurrences(name, text) for name in names)

    nearby = [one for one in results if have(f"{_context(one)} {one.data_set}")]
    return nearby or [one for one in results if have(one.paper.text)] or results


def _scored(
    library: Library, question: str, topic: str, results: Sequence[Result]
) -> list[ScoredResult]:
    """Score results; return them best first."""
    cosines = _sentence_cosines(library, results, library.embedder.embed_question(question))
    words = inverse_document_frequencies(library, _words(topic or question))
    total = sum(words.values()) or 1.0
    measured = _measured_similarities(library, words, results)

    def score(result: Result, similarity: float) -> float:
        around = set(map(stem, content_words(f"{_context(result)} {result.paper.title}")))
        shared = sum(value for word, value in words.items() if stem(word) in around) / total
        cosine = cosines.get((result.paper.id, result.sentence.start), 0.0)
        return cosine + _WORDS_WEIGHT * shared + _MEASURED_WEIGHT * similarity

    scored = [
        ScoredResult(result, score(result, float(similarity)))
        for result, similarity in zip(results, measured, strict=True)
    ]
    return sorted(scored, key=lambda one: -one.score)


def _words(text: str) -> list[str]:
    """Return the content words of a question, without superlatives unless it has no other words.

    "Largest" says which value is wanted but not what is measured, and its embedding is similar to
    those of "fewer" and "longer".
    """
    words = content_words(text)
    return [word for word in words if not _SUPERLATIVE.fullmatch(word)] or words


def _measured_similarities(
    library: Library, words: Mapping[str, float], results: Sequence[Result]
) -> Vector:
    """Return the similarity of words to what each result measures, shape (len(results),).

    For each word, the largest cosine to a word of the measure or unit is taken. The similarity is
    the mean of these, weighted by inverse document frequency.
    """
    described = [content_words(f"{one.measures} {one.unit}") for one in results]
    known = list(dict.fromkeys(word for own in described for word in own))
    similarities = np.zeros(len(results), dtype=np.float32)
    if not known or not words:
        return similarities
    weights = np.fromiter(words.values(), dtype=np.float32)
    cosines = library.word_cosines(list(words), known)
    columns = {word: column for column, word in enumerate(known)}
    for place, own in enumerate(described):
        if own:
            best = cosines[:, [columns[word] for word in own]].max(axis=1)
            similarities[place] = float(weights @ best) / max(float(weights.sum()), 1e-9)
    return similarities


def _sentence_cosines(
    library: Library, results: Sequence[Result], question: Vector
) -> Mapping[tuple[str, int], float]:
    """Return the cosine of the papers' sentences to the question, by paper id and start offset."""
    ids = list(dict.fromkeys(one.paper.id for one in results))
    sentences = library.catalogue.chunks_of(ids, "sentence")
    vectors = library.vectors_of(sentences)
    return {
        (one.paper.id, one.span.start): float(vectors[one.id] @ question)
        for one in sentences
        if one.id in vectors
    }


def _context(result: Result) -> str:
    at = result.start - result.sentence.start
    return result.quote[max(0, at - _CONTEXT) : at + _CONTEXT]
