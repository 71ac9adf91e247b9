"""Recognises what a question asks about the records, by its nearest example phrasing.

Mentions of records in the question are first replaced by placeholders. Runs of the remaining words
that occur in no example may be a topic ("papers about <topic>"), a name that the records do not
have, or neither. Each combination of these roles is an interpretation, with a masked question
of its own. The one nearest to an example is chosen.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from assistant.answering.metadata.entities.mention import Entities
from assistant.answering.metadata.words.examples import is_form_word, load_examples, load_synonyms
from assistant.answering.metadata.words.tokens import Token
from assistant.answering.metadata.words.vocabulary import vocabulary
from assistant.library import Embedder, Library, Vector
from assistant.text.sentences import Span

# Weight of the TF-IDF cosine of words and word pairs, relative to the cosine of the embeddings.
_WORDS_WEIGHT = 0.6
# The penalty for each role in an interpretation: unknown names are rarer than topics.
_COSTS = {"topic": 0.0, "author": 0.04, "venue": 0.04, "title": 0.04, "": 0.0}
_MAX_RUNS = 3
# Embeddings are compared only for this many examples, those with the most similar words.
_EXAMPLES_COMPARED = 48
_FORM_TOKEN = re.compile(r"<\w+>|\w+(?:-\w+)*")
_AFTER_BY = re.compile(r"\bby\s+\Z", re.IGNORECASE)
# Words that may join two runs of left-over words, and articles, which otherwise begin a new run.
_JOINING = frozenset("and at by for from in of on or to with".split())
_ARTICLES = frozenset(("a", "an", "the"))


@dataclass(frozen=True, slots=True)
class Request:
    """What a question asks about the records.

    Attributes:
        name: the name of the request in `requests.toml`.
        topic: the topic of the papers; empty if there is none.
        unknown_author: a name in the place of an author that occurs in no record.
        unknown_venue: a name in the place of a venue that occurs in no record.
        score: the score of the nearest example, at most 1.
    """

    name: str
    topic: str = ""
    unknown_author: str = ""
    unknown_venue: str = ""
    score: float = 0.0


def recognise_request(library: Library, entities: Entities) -> Request:
    """Return what a question asks about the records."""
    interpretations = list(_interpretations(library, entities))
    examples = _examples()
    masked = [one.masked_question for one in interpretations]
    by_words = examples.word_cosines(masked)
    # Embedding all examples takes a second, so only those with the most similar words are compared.
    near = np.argsort(-by_words.max(axis=0))[:_EXAMPLES_COMPARED]
    vectors = _embedded(library.embedder, [*masked, *(examples.texts[int(one)] for one in near)])
    cosines = vectors[: len(masked)] @ vectors[len(masked) :].T
    scores = (cosines + _WORDS_WEIGHT * by_words[:, near]) / (1 + _WORDS_WEIGHT)
    scores -= np.array([[one.cost] for one in interpretations])
    place, column = np.unravel_index(int(np.argmax(scores)), scores.shape)
    chosen = interpretations[int(place)]
    return Request(
        name=examples.names[int(near[column])],
        topic=chosen.texts("topic") or chosen.texts("title"),
        unknown_author=chosen.texts("author"),
        unknown_venue=chosen.texts("venue"),
        score=float(scores[place, column]),
    )


# -- interpretations --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Interpretation:
    """One interpretation of the question.

    Attributes:
        masked_question: the question with placeholders.
        roles: the role and the text of each run of left-over words. The role is "" if the run is
            kept as it is.
    """

    masked_question: str
    roles: Sequence[tuple[str, str]]

    @property
    def cost(self) -> float:
        return sum(_COSTS[role] for role, _ in self.roles)

    def texts(self, wanted: str) -> str:
        return " ".join(text for role, text in self.roles if role == wanted)


def _interpretations(library: Library, entities: Entities) -> Iterator[_Interpretation]:
    runs = _left_over(entities)[:_MAX_RUNS]
    options = [_roles(library, entities, run) for run in runs]
    for roles in itertools.product(*options):
        replaced = [(span, f"<{role}>") for span, role in zip(runs, roles, strict=True) if role]
        texts = [span.of(entities.question) for span in runs]
        yield _Interpretation(
            entities.mask_question(replaced), list(zip(roles, texts, strict=True))
        )


def _roles(library: Library, entities: Entities, run: Span) -> Sequence[str]:
    """Return the roles that a run of left-over words may have."""
    tokens = [token for token in entities.tokens if run.start <= token.start < run.end]
    if any(token.is_capitalised and token is not entities.tokens[0] for token in tokens):
        return ("topic", "", "author", "venue", "title")
    # A lower-case name is recognised by the "by" before it.
    is_after_by = _AFTER_BY.search(entities.question, 0, run.start) is not None
    if is_after_by and not any(library.catalogue.words.count(token.text) for token in tokens):
        return ("topic", "", "author")
    return ("topic", "")


def _left_over(entities: Entities) -> list[Span]:
    """Return the runs of words that are neither part of a mention nor words of the examples."""
    uncovered = set(entities.uncovered())
    runs: list[Span] = []
    may_join = False
    previous = ""
    for token in entities.tokens:
        word = token.text.lower()
        if token not in uncovered:
            may_join = False
        elif _is_left_over(token):
            if may_join and _are_close(entities.question, runs[-1].end, token.start):
                runs[-1] = Span(runs[-1].start, token.end)
            else:
                runs.append(Span(token.start, token.end))
            may_join = True
        elif word in _ARTICLES:  # "carried the frog" is two runs, "effect of the drought" is one
            may_join = may_join and previous in _JOINING
        elif word not in _JOINING:
            may_join = False
        previous = word
    return runs


def _is_left_over(token: Token) -> bool:
    return not (
        is_form_word(token.text) or token.text.isdigit() or token.key in vocabulary().honorifics
    )


def _are_close(question: str, end: int, start: int) -> bool:
    return not re.search(r"[?!;:]|[.,]\s+[A-Z]", question[end:start])


# -- examples ---------------------------------------------------------------------------------


class _Examples:
    """The examples with the TF-IDF weights of their words and word pairs."""

    def __init__(self) -> None:
        pairs = [(name, text) for name, texts in load_examples().items() for text in texts]
        self.names = [name for name, _ in pairs]
        self.texts = [text for _, text in pairs]
        self.distinct = frozenset(self.texts)
        counts = Counter(term for text in self.texts for term in set(_terms(text)))
        self._idf = {term: math.log(len(pairs) / count) + 1 for term, count in counts.items()}
        self._unknown = math.log(len(pairs)) + 1
        self._columns = {term: place for place, term in enumerate(self._idf)}
        self._weights = np.stack([self._weigh(text) for text in self.texts])

    def word_cosines(self, masked: Sequence[str]) -> Vector:
        """Return the cosine of each question to each example, shape (questions, examples)."""
        weights: Vector = np.stack([self._weigh(text) for text in masked])
        cosines: Vector = weights @ self._weights.T
        return cosines

    def _weigh(self, text: str) -> Vector:
        weights: Vector = np.zeros(len(self._columns), dtype=np.float32)
        unknown = 0.0
        for term in set(_terms(text)):
            if term in self._columns:
                weights[self._columns[term]] = self._idf[term]
            elif " " not in term:
                unknown += self._unknown**2
        return weights / np.float32(math.sqrt(float(weights @ weights) + unknown))


def _terms(text: str) -> list[str]:
    words = _FORM_TOKEN.findall(text.lower())
    tokens = ["^", *(load_synonyms().get(word, word) for word in words), "$"]
    return [*tokens[1:-1], *(" ".join(pair) for pair in itertools.pairwise(tokens))]


@lru_cache(maxsize=1)
def _examples() -> _Examples:
    return _Examples()


def _embedded(embedder: Embedder, texts: Sequence[str]) -> Vector:
    """Embed texts; the embeddings of examples are cached for each embedder."""
    known = _vectors.setdefault(embedder, {})
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    new = dict(zip(missing, embedder.embed(missing), strict=True)) if missing else {}
    known |= {text: vector for text, vector in new.items() if text in _examples().distinct}
    return np.array([known[text] if text in known else new[text] for text in texts])


_vectors: WeakKeyDictionary[Embedder, dict[str, Vector]] = WeakKeyDictionary()
