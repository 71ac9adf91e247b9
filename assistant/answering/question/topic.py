"""Finds the topic of a question: the words that say what the papers should be about.

In "Do any of these look at energy use?", the topic is "energy use". A linear model over the
embedder's states for each word and its neighbours scores where the topic starts, where it ends, and
which words are inside; the span with the best sum is the topic. The model is fitted by
``assistant eval fit-kinds`` on questions whose subjects were marked by their writers (see
`assistant.evaluation.question_kinds.topics`).

Design notes: docs/design/broad-questions.md
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.answering.question.kind import TOKEN, KindModel, QuestionKind, load_kind_model
from assistant.library import Embedder, Vector
from assistant.package_data import packaged_data
from assistant.text.sentences import Span

TOPIC_KINDS: frozenset[QuestionKind] = frozenset(("list", "synthesis", "overview", "superlative"))
"""The kinds of questions that the model is fitted on."""

# The kinds that draw on several papers; `KindModel.form_words` applies to them.
_OF_SEVERAL_PAPERS = ("list", "synthesis", "overview", "keyword")

_WORD = re.compile(r"\w+(?:['.+/-]\w+)*|[^\w\s]")
# Distances from the ends of the question beyond this count as this.
_MAX_DISTANCE = 6
_PUNCTUATION = " ?!.,;:"


@dataclass(frozen=True, slots=True)
class TopicModel:
    """The fitted model.

    Attributes:
        weights: shape (features, 3): of the first word, the last word, and all words of a topic.
        bias: shape (3,).
        inside_weight: the weight of the scores of all words relative to those of the two ends.
        min_score: spans with this score or a lower one are no topic.
    """

    weights: npt.NDArray[np.float64]
    bias: npt.NDArray[np.float64]
    inside_weight: float
    min_score: float

    def topic(self, question: str, words: list[Span], states: Vector) -> str:
        """Return the topic; empty if there is none, as in "What is in my library?".

        Args:
            question: in plain words.
            words: see `words_of`.
            states: the embedder's states of the words (see `Embedder.word_states`).
        """
        if not words:
            return ""
        score, first, last = self._best_span(states)
        if score <= self.min_score:
            return ""
        return question[words[first].start : words[last].end].strip(_PUNCTUATION)

    def score(self, states: Vector) -> float:
        """Return the score of the best span: how likely the question has a topic."""
        return self._best_span(states)[0]

    def _best_span(self, states: Vector) -> tuple[float, int, int]:
        """Return the score, first and last word of the best span."""
        starts, ends, inside = (word_features(states) @ self.weights + self.bias).T
        total = np.concatenate([[0.0], np.cumsum(inside)])
        return max(
            (
                float(starts[i] + ends[j] + self.inside_weight * (total[j + 1] - total[i])),
                i,
                j,
            )
            for i, j in combinations_with_replacement(range(len(starts)), 2)
        )

    def to_record(self) -> dict[str, Any]:
        """Return the JSON form, with four significant digits."""
        return {
            "weights": [[float(f"{one:.4g}") for one in row] for row in self.weights.tolist()],
            "bias": [float(f"{one:.4g}") for one in self.bias.tolist()],
            "inside_weight": self.inside_weight,
            "min_score": self.min_score,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "TopicModel":
        """Convert the JSON form."""
        return cls(
            np.array(record["weights"]),
            np.array(record["bias"]),
            record["inside_weight"],
            record["min_score"],
        )


def words_of(question: str) -> list[Span]:
    """Return the spans of the words and punctuation marks of a question."""
    return [Span(*match.span()) for match in _WORD.finditer(question)]


def word_features(states: Vector) -> npt.NDArray[np.float64]:
    """Return the features of each word: the states of it and its neighbours, and its position.

    Args:
        states: shape (words, hidden size).

    Returns:
        Shape (words, 3 x hidden size + 4).
    """
    outside = np.zeros((1, states.shape[1]))
    before, after = np.vstack([outside, states[:-1]]), np.vstack([states[1:], outside])
    place = np.arange(len(states))
    from_end = place[::-1]
    position = np.stack([place, from_end, place == 0, from_end == 0], axis=1)
    return np.hstack([states, before, after, np.minimum(position, _MAX_DISTANCE)])


def find_topic(question: str, kind: QuestionKind, embedder: Embedder) -> str:
    """Return the topic of a question of a known kind; empty if it has none.

    Without a model for the embedder, the topic reaches from the first to the last word that is not
    part of the form of such questions (see `topic_by_word_list`).
    """
    model = load_topic_model(embedder.name) if kind in TOPIC_KINDS else None
    if model is not None:
        words = words_of(question)
        return model.topic(question, words, embedder.word_states(question, words))
    return topic_by_word_list(question, kind, load_kind_model(embedder.name))


def topic_by_word_list(question: str, kind: QuestionKind, kinds: KindModel) -> str:
    """Return the part of a question from its first to its last topic word; empty if it has none.

    Topic words are all words except those that belong to the form of such questions. A synthesis
    that has only such words is about the part without those in `KindModel.overview_words`, if it
    has two words or more.

    Args:
        question: in plain words.
        kind: of the question.
        kinds: has the words that belong to the form.
    """
    form = kinds.form_words if kind in _OF_SEVERAL_PAPERS else kinds.vocabulary
    if kind == "overview":
        form |= kinds.overview_words
    topic = _span_without(question, form, min_words=1)
    if not topic and kind == "synthesis":
        # "Do the papers say that more data is better?" has a topic, though all words are common.
        # A single word, such as "say", is not a topic.
        topic = _span_without(question, kinds.overview_words, min_words=2)
    return topic


def _span_without(question: str, form: frozenset[str], min_words: int) -> str:
    """Return the part from the first to the last word that is not in ``form``.

    Empty if there are fewer than ``min_words`` such words.
    """
    words = [
        match
        for match in TOKEN.finditer(question)
        if match.group()[0].isalnum() and match.group().lower() not in form
    ]
    return question[words[0].start() : words[-1].end()] if len(words) >= min_words else ""


@lru_cache(maxsize=4)
def load_topic_model(embedder: str) -> TopicModel | None:
    """Return the model fitted with an embedder; None if there is none."""
    file = packaged_data("models", "question-kinds") / topic_file_name(embedder)
    if not file.is_file():
        return None
    return TopicModel.from_record(json.loads(file.read_text(encoding="utf-8")))


def topic_file_name(embedder: str) -> str:
    """Return the name of the file of the model for an embedder."""
    return f"{embedder}-topics.json"
