"""Selects the reported numbers that a question asks about and that can be compared."""

import heapq
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.library import Library, Vector
from assistant.library.results import Result
from assistant.papers import Paper
from assistant.retrieval.idf import inverse_document_frequencies
from assistant.text.name_matching import normalize_name
from assistant.text.proper_names import find_names, has_name_shape, occurrences
from assistant.text.words import content_words, stem

# The context of a number: this many characters on either side.
_CONTEXT = 90
# Weights of the cosine of a number's sentence, of the question's words around the number, of their
# similarity to the words for what it measures, and of the cosine of these words as a phrase. They,
# and the limits below, were tuned on ten development questions and thirty of our own, of which
# eight have no answer (docs/design/broad-questions.md).
_SENTENCE_WEIGHT = 0.5
_WORDS_WEIGHT = 0.6
_MEASURED_WEIGHT = 1.0
_PHRASE_WEIGHT = 0.5
# Embedding a phrase takes time, so only those of the best numbers are embedded. With 24, the first
# value is the same as with all numbers.
_MAX_PHRASES = 24
# If no number scores at least this, none measures what is asked about.
_MIN_BEST_SCORE = 0.87
# Numbers with at least this share of the best score are compared and determine the dimension.
_MIN_SHARE_OF_BEST = 0.85
# At least six letters, so that "test" is not a superlative.
_SUPERLATIVE = re.compile(r"\w{3,}est", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScoredResult:
    """A result and how well it fits a question; scores are comparable only within one question."""

    result: Result
    score: float


def fitting_results(library: Library, question: str, papers: Sequence[Paper]) -> list[ScoredResult]:
    """Return the reported numbers that a question asks about, best first.

    They share one dimension, so that their amounts can be compared. If no number measures what is
    asked about, the list is empty.

    Args:
        library: the library with the papers.
        question: the question in plain words.
        papers: the papers whose numbers are compared.
    """
    results = _with_names(library.results.of(papers), papers, find_names(question))
    scored = _scored(library, question, results)
    if not scored or scored[0].score < _MIN_BEST_SCORE:
        return []
    fitting = [one for one in scored if one.score >= _MIN_SHARE_OF_BEST * scored[0].score]
    weights: dict[str, float] = {}
    for one in fitting:
        dimension = one.result.dimension
        weights[dimension] = weights.get(dimension, 0.0) + one.score
    main = max(weights, key=lambda name: weights[name])
    return [one for one in fitting if one.result.dimension == main]


def _with_names(
    results: Sequence[Result], papers: Sequence[Paper], names: Sequence[str]
) -> Sequence[Result]:
    """Return the results with all names nearby.

    If there are none, return those of papers that contain all names, and failing that, all results;
    but none if no paper contains a name such as LibriSpeech.
    """
    if not names:
        return results

    def have(text: str) -> bool:
        return all(occurrences(name, text) for name in names)

    nearby = [one for one in results if have(f"{_context(one)} {one.data_set}")]
    found = nearby or [one for one in results if have(one.paper.text)]
    if found or any(_is_unknown(name, papers) for name in names):
        return found
    return results


def _is_unknown(name: str, papers: Sequence[Paper]) -> bool:
    """Return whether a name is in no paper, ignoring case, accents, spaces and punctuation.

    An abbreviation in capitals never is: the papers may write it out.
    """
    if name.isupper() or not has_name_shape(name):
        return False
    wanted = normalize_name(name)
    return not any(wanted in normalize_name(paper.text) for paper in papers)


def _scored(library: Library, question: str, results: Sequence[Result]) -> list[ScoredResult]:
    """Score results; return those that may fit best, best first."""
    cosines = _sentence_cosines(library, results, library.embedder.embed_question(question))
    words = inverse_document_frequencies(library, _words(question))
    total = sum(words.values()) or 1.0
    measured = _measured_similarities(library, words, results)

    def score(result: Result, similarity: float) -> float:
        around = set(map(stem, content_words(f"{_context(result)} {result.paper.title}")))
        shared = sum(value for word, value in words.items() if stem(word) in around) / total
        cosine = cosines.get((result.paper.id, result.sentence.start), 0.0)
        return _SENTENCE_WEIGHT * cosine + _WORDS_WEIGHT * shared + _MEASURED_WEIGHT * similarity

    scored = [
        ScoredResult(result, score(result, float(similarity)))
        for result, similarity in zip(results, measured, strict=True)
    ]
    best = heapq.nlargest(_MAX_PHRASES, scored, key=lambda one: one.score)
    return _with_phrase_similarities(library, question, best)


def _with_phrase_similarities(
    library: Library, question: str, scored: Sequence[ScoredResult]
) -> list[ScoredResult]:
    """Add the similarity of the question to what each result measures; return the best first."""
    if not scored:
        return []
    phrases = list(dict.fromkeys(_phrase(one.result) for one in scored))
    vectors = library.embedder.embed(phrases)
    cosines = vectors @ library.embedder.embed_question(_without_superlatives(question))
    by_phrase = dict(zip(phrases, cosines, strict=True))
    rescored = [
        replace(one, score=one.score + _PHRASE_WEIGHT * float(by_phrase[_phrase(one.result)]))
        for one in scored
    ]
    return sorted(rescored, key=lambda one: -one.score)


def _phrase(result: Result) -> str:
    """Return what a result measures in words, such as "accuracy % on WalnutBench"."""
    data_set = f"on {result.data_set}" if result.data_set else ""
    return " ".join(filter(None, (result.measures, result.unit, data_set))) or result.value


def _without_superlatives(question: str) -> str:
    words = [word for word in question.split() if not _SUPERLATIVE.fullmatch(word.strip(",.?!"))]
    return " ".join(words) or question


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
