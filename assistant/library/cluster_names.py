"""Names for clusters of papers: terms that are frequent in a cluster and rare elsewhere."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
# Words that abstracts on any topic contain.
_GENERIC_WORDS = """
    accuracy adapt approach better code dataset earlier error experiment first framework generalize
    github github.com http https improve method mostly need new novel number often paper pass
    performance practical problem propose result second set several state-of-the-art task technique
    three time two work
"""

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


def name_clusters(clusters: Sequence[Sequence[Paper]]) -> list[str]:
    """Return the name of each cluster, such as ``continual learning, forgetting``.

    The weight of a term is its document frequency in the cluster times the logarithm of the ratio
    of that frequency to the frequency elsewhere, similar to TF-IDF with clusters as documents. Only
    terms that a title in the cluster contains are used.
    """
    spelling: Counter[tuple[str, str]] = Counter()
    terms = [[_terms_of(paper, spelling) for paper in _sample(papers)] for papers in clusters]
    counts = [Counter(term for one in of_cluster for term in one.all) for of_cluster in terms]
    titles = [Counter(term for one in of_cluster for term in one.title) for of_cluster in terms]
    everywhere = sum(counts, Counter[str]())
    total = sum(map(len, terms))
    spelled = {stems: text for (stems, text), _ in reversed(spelling.most_common())}
    names = []
    for here, in_titles, papers in zip(counts, titles, terms, strict=True):
        ranked = _rank(here, in_titles, everywhere, len(papers), total)
        names.append(", ".join(spelled[term] for term in _without_shared_words(ranked)))
    return names


def _rank(
    here: Counter[str], in_titles: Counter[str], everywhere: Counter[str], size: int, total: int
) -> list[str]:
    """Return the terms that may name a cluster, best first.

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
        return any(
            word not in _GENERIC and elsewhere(word) <= _MAX_SHARE_ELSEWHERE
            for word in term.split()
        )

    def weight(term: str) -> float:
        share = here[term] / size
        ratio = math.log((share + 1 / total) / (elsewhere(term) + 1 / total))
        bonus = 1 + _PHRASE_BONUS * term.count(" ")
        return (share + in_titles[term] / size) * ratio * bonus

    frequent = [term for term in in_titles if here[term] >= _MIN_SHARE * size]
    # All terms of a small or broad cluster may be common.
    candidates = list(filter(is_distinctive, frequent)) or frequent
    return sorted(candidates, key=lambda term: (-weight(term), term))


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


_GENERIC = frozenset(map(_stem, _GENERIC_WORDS.split()))


def _sample(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return evenly spaced papers if there are too many, else all."""
    return papers[:: -(-len(papers) // _MAX_PAPERS)]


def _without_shared_words(ranked: Sequence[str]) -> list[str]:
    """Return the first few terms that share no word."""
    chosen: list[str] = []
    used: set[str] = set()
    for term in ranked:
        if not used.intersection(term.split()):
            chosen.append(term)
            used.update(term.split())
        if len(chosen) == _TERMS_IN_A_NAME:
            break
    return chosen
