"""Classifies questions by kind, with a linear classifier over the form of the question.

Authors, venues and titles that occur in the library's records, and numbers, are replaced by
placeholders before n-grams are counted. What remains is the form of the question, which indicates
its kind better than the subject does. The classifier is a multinomial logistic regression over the
TF-IDF weights of word n-grams and the hidden state of the embedder's middle layer. It is fitted by
``assistant eval fit-kinds`` (see `assistant.evaluation.question_kinds.fit`).
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from assistant.library import Vector
from assistant.package_data import packaged_data

QuestionKind: TypeAlias = Literal[
    "fact",
    "list",
    "synthesis",
    "overview",
    "summary",
    "superlative",
    "metadata",
    "keyword",
    "smalltalk",
    "revision",
]
KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)

MAX_NGRAM = 3
# For most factual questions, the search clearly finds one or two papers. If it does not, a kind
# other than "fact" is trusted as long as the probability of "fact" is at most this
# (docs/design/broad-questions.md).
_MAX_FACT_IF_AMBIGUOUS = 0.4
TOKEN = re.compile(r"<\w+>|\w+(?:['.+-]\w+)*|[?!.,:;\"“”]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class KindModel:
    """The fitted classifier.

    Attributes:
        kinds: the classes, in the order of the columns of the weights.
        vocabulary: the words that n-grams contain as they are; others become ``<w>``.
        form_words: words that do not belong to the topic of a request for several papers.
        overview_words: further words that do not belong to the topic of a request for an overview.
        ngrams: the index of each n-gram among the features.
        idf: the inverse document frequency of each n-gram.
        weights: shape (n-grams + hidden size of the embedder, kinds); without an embedder,
            (n-grams, kinds).
        bias: shape (kinds,).
        embedder: the name of the embedder; empty if none is used.
        max_fact: for each other kind, the highest probability of "fact" at which it is trusted,
            unless retrieval is ambiguous (`_MAX_FACT_IF_AMBIGUOUS`). Above it, the question is
            treated as a factual one. That is the safest choice, since the assistant then abstains
            if the evidence does not answer the question.
        min_reply_similarity: the minimum cosine to the nearest example of small talk for a question
            to count as small talk.
    """

    kinds: tuple[QuestionKind, ...]
    vocabulary: frozenset[str]
    form_words: frozenset[str]
    overview_words: frozenset[str]
    ngrams: Mapping[str, int]
    idf: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    bias: npt.NDArray[np.float64]
    embedder: str
    max_fact: Mapping[QuestionKind, float]
    min_reply_similarity: float

    def probabilities(
        self, tokens: Sequence[str], state: Vector | None
    ) -> dict[QuestionKind, float]:
        """Return the probability of each kind.

        Args:
            tokens: of the question (see `form_tokens`).
            state: the embedder's hidden state for the question (see `Embedder.middle_layer`); None
                if the classifier was fitted without an embedder.
        """
        features = tf_idf(ngrams_of(tokens, self.vocabulary), self.ngrams, self.idf)
        if state is not None:
            features = np.concatenate([features, state])
        scores = features @ self.weights + self.bias
        exponentials = np.exp(scores - scores.max())
        probabilities = exponentials / exponentials.sum()
        return dict(zip(self.kinds, map(float, probabilities), strict=True))

    def choose(
        self,
        probabilities: Mapping[QuestionKind, float],
        is_ambiguous: Callable[[], bool],
        reply_similarity: Callable[[], float],
    ) -> QuestionKind:
        """Return the most probable kind other than "fact" if it can be trusted, else "fact".

        Args:
            probabilities: the probability of each kind.
            is_ambiguous: returns whether a search for the question leaves it unclear which papers
                are meant. Called only if the kind depends on it.
            reply_similarity: returns the cosine to the nearest example of small talk. Called only
                if the kind depends on it.
        """
        fact = probabilities.get("fact", 0.0)
        if fact > max([_MAX_FACT_IF_AMBIGUOUS, *self.max_fact.values()]):
            return "fact"  # no other kind is trusted; saves embedding the small-talk examples
        others = sorted(probabilities.keys() - {"fact"}, key=lambda one: -probabilities[one])
        if others[0] == "smalltalk" and reply_similarity() < self.min_reply_similarity:
            others.pop(0)  # none of the replies fits
        kind = others[0]
        is_trusted = fact <= self.max_fact.get(kind, 0.0) or (
            fact <= _MAX_FACT_IF_AMBIGUOUS and is_ambiguous()
        )
        return kind if is_trusted else "fact"


def form_tokens(question: str, entities: Mapping[str, str] | None = None) -> list[str]:
    """Return the tokens of a question in lower case, with placeholders for names and numbers.

    Args:
        question: as typed.
        entities: placeholders, such as ``<author>``, by the text they replace.
    """
    for text, placeholder in sorted((entities or {}).items(), key=lambda one: -len(one[0])):
        question = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", placeholder, question)
    return ["^", *map(_placeholder, TOKEN.findall(question)), "$"]


def ngrams_of(tokens: Sequence[str], vocabulary: frozenset[str]) -> list[str]:
    """Return the n-grams of one to three tokens; words that are not in the vocabulary are ``<w>``.

    Neighbouring unknown words count as one.
    """
    known = [token if token in vocabulary or token.startswith("<") else "<w>" for token in tokens]
    merged = [
        token for place, token in enumerate(known) if token != "<w>" or known[place - 1] != "<w>"
    ]
    return [
        " ".join(merged[start : start + length])
        for length in range(1, MAX_NGRAM + 1)
        for start in range(len(merged) - length + 1)
    ]


def tf_idf(
    found: Sequence[str], ngrams: Mapping[str, int], idf: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the TF-IDF weights of n-grams, scaled to unit length; shape (len(ngrams),)."""
    weights = np.zeros(len(ngrams))
    for ngram in set(found):
        if (index := ngrams.get(ngram)) is not None:
            weights[index] = idf[index]
    length = float(np.linalg.norm(weights))
    return weights / length if length else weights


@lru_cache(maxsize=4)
def load_kind_model(embedder: str) -> KindModel:
    """Return the classifier fitted with an embedder, or the one that needs none."""
    folder = packaged_data("models", "question-kinds")
    file = folder / f"{embedder}.json"
    return read_kind_model(file if file.is_file() else folder / "no-embedder.json")


def read_kind_model(file: Path) -> KindModel:
    """Read a classifier from the JSON that `write_kind_model` wrote."""
    record = json.loads(file.read_text(encoding="utf-8"))
    return KindModel(
        kinds=tuple(record["kinds"]),
        vocabulary=frozenset(record["vocabulary"]),
        form_words=frozenset(record["form_words"]),
        overview_words=frozenset(record["overview_words"]),
        ngrams={ngram: index for index, ngram in enumerate(record["ngrams"])},
        idf=np.array(record["idf"]),
        weights=np.array(record["weights"]),
        bias=np.array(record["bias"]),
        embedder=record["embedder"],
        max_fact=record["max_fact"],
        min_reply_similarity=record["min_reply_similarity"],
    )


def _placeholder(token: str) -> str:
    if token.startswith("<"):
        return token
    if _YEAR.fullmatch(token):
        return "<year>"
    if any(char.isdigit() for char in token):
        return "<name>" if any(char.isalpha() for char in token) else "<number>"
    if any(char.isupper() for char in token[1:]):
        return "<name>"
    return token.lower()
