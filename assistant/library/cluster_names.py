"""Names for clusters of papers: terms that are frequent in one, rare in others, and near it."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.library.vector import Vector
from assistant.papers import Paper
from assistant.text.words import content_words, stem

_TERMS_IN_A_NAME = 3
# A term must occur in this share of a cluster's papers to name the cluster.
_MIN_SHARE = 0.2
# A word that occurs in this share of the other papers does not distinguish the cluster.
_MAX_SHARE_ELSEWHERE = 0.15
# The weight of a phrase grows by this share for each word after the first.
_PHRASE_BONUS = 0.5
# The terms of all papers of a large cluster would take too much memory.
_MAX_PAPERS = 300
# The number of terms of a cluster that are embedded: those with the largest weights.
_EMBEDDED_TERMS = 30
# A term whose contrast is below this share of the cluster's largest says little about its subject.
_MIN_CONTRAST = 0.3

_WORD = re.compile(r"\w+(?:[.'+-]\w+)*")
# A phrase does not cross punctuation.
_BREAK = re.compile(r"[^\w\s.'+-]|\.\s")


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of one paper, as stems.

    Attributes:
        all: the terms of the title and abstract.
        title: the terms of the title.
    """

    all: frozenset[str]
    title: frozenset[str]


def name_clusters(
    clusters: Sequence[Sequence[Paper]],
    centres: Vector,
    embed: Callable[[Sequence[str]], Vector],
) -> list[str]:
    """Return the name of each cluster, such as ``continual learning, forgetting``.

    The weight of a term is its document frequency in the cluster times the logarithm of the ratio
    of that frequency to the frequency elsewhere, similar to TF-IDF with clusters as documents. Only
    terms that a title in the cluster contains are used. The weight is multiplied by the term's
    contrast: how much nearer its embedding is to the centre of the cluster than to those of the
    others. No term, nor a part of one, names two clusters.

    Args:
        clusters: the papers of each cluster.
        centres: the mean embedding of each cluster, shape (len(clusters), dimension).
        embed: returns the embeddings of texts.
    """
    spelling: Counter[tuple[str, str]] = Counter()
    terms = [[_terms_of(paper, spelling) for paper in _sample(papers)] for papers in clusters]
    counts = [Counter(term for one in of_cluster for term in one.all) for of_cluster in terms]
    titles = [Counter(term for one in of_cluster for term in one.title) for of_cluster in terms]
    everywhere = sum(counts, Counter[str]())
    total = sum(map(len, terms))
    # The most frequent spelling comes last; of equally frequent ones the first in the alphabet.
    by_frequency = sorted(spelling, key=lambda one: (-spelling[one], one), reverse=True)
    spelled = dict(by_frequency)
    weights = [
        _weights(here, in_titles, everywhere, len(papers), total)
        for here, in_titles, papers in zip(counts, titles, terms, strict=True)
    ]
    embedded = sorted({term for of_cluster in weights for term in of_cluster})
    vectors = embed([spelled[term] for term in embedded]) if embedded else centres[:0]
    nearness = dict(zip(embedded, vectors @ _unit(centres).T, strict=True))
    scores = [_scores(own, nearness, cluster) for cluster, own in enumerate(weights)]
    return [", ".join(spelled[term] for term in name) for name in _choose(scores)]


def _unit(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _scores(
    weights: dict[str, float], nearness: dict[str, Vector], cluster: int
) -> dict[str, float]:
    """Return the score of each term that says what a cluster is about."""
    contrast = {term: _contrast(nearness[term], cluster) for term in weights}
    least = _MIN_CONTRAST * max(contrast.values(), default=0.0)
    return {
        term: weight * contrast[term]
        for term, weight in weights.items()
        if contrast[term] >= least > 0
    } or weights


def _contrast(near: Vector, cluster: int) -> float:
    """Return how much nearer a term is to a cluster than to the others, on average.

    Args:
        near: the cosine of the term's embedding to the centre of each cluster.
        cluster: the index of the cluster.
    """
    own, others = float(near[cluster]), np.delete(near, cluster)
    return own - float(others.mean()) if len(others) else own


def _choose(scores: Sequence[dict[str, float]]) -> list[list[str]]:
    """Return the terms that name each cluster: a term goes to the cluster where it scores best."""
    names: list[list[str]] = [[] for _ in scores]
    ranked = sorted(
        (-score, term, cluster) for cluster, own in enumerate(scores) for term, score in own.items()
    )
    for _, term, cluster in ranked:
        name, others = names[cluster], names[:cluster] + names[cluster + 1 :]
        if (
            len(name) < _TERMS_IN_A_NAME
            and not any(_words(term) & _words(one) for one in name)
            and not any(_is_part(term, one) for other in others for one in other)
        ):
            name.append(term)
    # Of clusters with the same terms, all but one would have no name.
    return [
        name or ([max(own, key=own.__getitem__)] if own else [])
        for name, own in zip(names, scores, strict=True)
    ]


def _words(term: str) -> frozenset[str]:
    return frozenset(term.split())


def _is_part(one: str, other: str) -> bool:
    """Return whether all words of one of two terms are in the other."""
    return _words(one) <= _words(other) or _words(one) >= _words(other)


def _weights(
    here: Counter[str], in_titles: Counter[str], everywhere: Counter[str], size: int, total: int
) -> dict[str, float]:
    """Return the terms that may name a cluster, with their weights, best first.

    Args:
        here: the number of the cluster's papers that contain a term.
        in_titles: the same for titles.
        everywhere: the number of all papers that contain a term.
        size: the number of papers in the cluster.
        total: the number of all papers.
    """

    def elsewhere(term: str) -> float:
        return (everywhere[term] - here[term]) / max(total - size, 1)

    def is_distinctive(term: str) -> bool:
        return any(elsewhere(word) <= _MAX_SHARE_ELSEWHERE for word in term.split())

    def weight(term: str) -> float:
        share = here[term] / size
        ratio = math.log((share + 1 / total) / (elsewhere(term) + 1 / total))
        bonus = 1 + _PHRASE_BONUS * term.count(" ")
        return (share + in_titles[term] / size) * ratio * bonus

    least = max(min(2, size - 1), _MIN_SHARE * size)
    shared = [term for term in in_titles if here[term] >= least]
    frequent = shared or list(in_titles)  # the papers of a small cluster may share no term
    # All terms of a small or broad cluster may be common.
    candidates = list(filter(is_distinctive, frequent)) or frequent
    ranked = sorted(candidates, key=lambda term: (-weight(term), term))
    return {term: weight(term) for term in ranked[:_EMBEDDED_TERMS]}


def _terms_of(paper: Paper, spelling: Counter[tuple[str, str]]) -> _Terms:
    """Return the terms of a paper; count the spellings of each."""
    in_text, in_title = _terms(paper.text), _terms(paper.title)
    spelling.update(in_text.items())
    return _Terms(frozenset(in_text) | frozenset(in_title), frozenset(in_title))


def _terms(text: str) -> dict[str, str]:
    """Return a text's content words, and its phrases of two or three of them, by stem."""
    content = {word for word in content_words(text) if len(word) > 2 and not word[0].isdigit()}
    terms = {_stem(word): word for word in content}
    for part in _BREAK.split(text):
        words = [match.group().lower() for match in _WORD.finditer(part)]
        for length in (2, 3):
            for start in range(len(words) - length + 1):
                phrase = words[start : start + length]
                if content.issuperset(phrase):
                    terms[" ".join(map(_stem, phrase))] = " ".join(phrase)
    return terms


def _stem(word: str) -> str:
    """Return the stem of a word; the plural of a short abbreviation, such as LLMs, loses its s."""
    return word[:-1] if len(word) <= 5 and word.endswith("ms") else stem(word)


def _sample(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return evenly spaced papers if there are too many, else all."""
    return papers[:: -(-len(papers) // _MAX_PAPERS)]
