"""Fit the model that finds the topic of a question (see `assistant.answering.question.topic`).

The training questions are the written ones, whose subjects are in braces (see `written`).
Hyperparameters (L2 strength, inside weight) are chosen by exact match in two-fold cross-validation.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answering.question.topic import (
    TOPIC_KINDS,
    TopicModel,
    topic_file_name,
    word_features,
    words_of,
)
from assistant.atomic_write import write_atomically
from assistant.errors import InputError
from assistant.evaluation.question_kinds.written import MarkedQuestion
from assistant.library import Embedder, Vector
from assistant.text.sentences import Span

# The inverse strength of the L2 penalty, and the weight of the words inside a topic.
_REGULARISATIONS = (0.003, 0.03)
_INSIDE_WEIGHTS = (0.0, 0.1, 0.3, 1.0)
_ITERATIONS = 200
# Below the score of any span.
_NO_TOPIC = -1e6
_ARTICLES = frozenset(("a", "an", "the"))


@dataclass(frozen=True, slots=True)
class TopicScores:
    """How well topics are found.

    Attributes:
        n: number of questions with a marked subject.
        exact: the share whose topic is the subject, apart from an article before it.
        f1: mean F1 of the words of the topic.
        without: number of questions without a subject.
        none_found: the share of these for which no topic is found.
    """

    n: int
    exact: float
    f1: float
    without: int
    none_found: float


@dataclass(frozen=True, slots=True)
class _Example:
    question: MarkedQuestion
    words: list[Span]
    states: Vector

    def inside(self) -> npt.NDArray[np.bool_]:
        """Return which words are in the span from the first to the last marked word."""
        subject = self.question.subject
        return np.array(
            [
                subject is not None and one.start < subject.end and one.end > subject.start
                for one in self.words
            ],
            dtype=bool,
        )


def fit_topics(questions: Sequence[MarkedQuestion], embedder: Embedder) -> TopicModel:
    """Fit the model on the questions of the kinds in `TOPIC_KINDS`.

    Raises:
        InputError: one of the halves has no question with a subject.
    """
    examples = _examples(questions, embedder)
    halves = (examples[::2], examples[1::2])
    if not all(any(one.question.subject for one in half) for half in halves):
        raise InputError(
            "Too few questions have a subject in braces: write some of the kinds "
            f"{', '.join(sorted(TOPIC_KINDS))}."
        )
    crossed = {
        strength: [(_fit(half, strength), other) for half, other in (halves, halves[::-1])]
        for strength in _REGULARISATIONS
    }

    def exact(choice: tuple[float, float]) -> float:
        strength, inside_weight = choice
        return sum(
            _scores(replace(model, inside_weight=inside_weight), other).exact
            for model, other in crossed[strength]
        )

    strength, inside_weight = max(product(_REGULARISATIONS, _INSIDE_WEIGHTS), key=exact)
    held_out = [
        (replace(model, inside_weight=inside_weight), other) for model, other in crossed[strength]
    ]
    return replace(
        _fit(examples, strength),
        inside_weight=inside_weight,
        min_score=round(_min_score(held_out), 2),
    )


def measure_topics(
    model: TopicModel, questions: Sequence[MarkedQuestion], embedder: Embedder
) -> TopicScores:
    """Measure a model on questions that it was not fitted on."""
    return _scores(model, _examples(questions, embedder))


def write_topic_model(model: TopicModel, embedder: str, folder: Path) -> Path:
    """Write a model as JSON, in place of an earlier one; return the file."""
    file = folder / topic_file_name(embedder)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(file, [json.dumps(model.to_record()), "\n"], overwrite=True)
    return file


def _examples(questions: Sequence[MarkedQuestion], embedder: Embedder) -> list[_Example]:
    found = []
    for question in questions:
        words = words_of(question.text)
        if question.kind in TOPIC_KINDS and words:
            found.append(_Example(question, words, embedder.word_states(question.text, words)))
    return found


def _fit(examples: Sequence[_Example], regularisation: float) -> TopicModel:
    from sklearn.linear_model import LogisticRegression

    features = np.vstack([word_features(one.states) for one in examples])
    scale = features.std(axis=0) + 1e-6
    labels: list[list[npt.NDArray[np.bool_]]] = [[], [], []]
    for one in examples:
        inside = one.inside()
        first, last = np.zeros_like(inside), np.zeros_like(inside)
        if inside.any():
            first[inside.argmax()] = True
            last[len(inside) - 1 - inside[::-1].argmax()] = True
        for own, values in zip(labels, (first, last, inside), strict=True):
            own.append(values)
    weights, bias = [], []
    for own in labels:
        regression = LogisticRegression(C=regularisation, max_iter=_ITERATIONS)
        regression.fit(features / scale, np.concatenate(own))
        weights.append(regression.coef_[0] / scale)
        bias.append(float(regression.intercept_[0]))
    return TopicModel(np.stack(weights, axis=1), np.array(bias), 0.0, _NO_TOPIC)


def _min_score(held_out: Sequence[tuple[TopicModel, Sequence[_Example]]]) -> float:
    """Return the score below which most held-out questions have no subject."""
    scored = sorted(
        (model.score(one.states), one.question.subject is not None)
        for model, examples in held_out
        for one in examples
    )
    gain, best, threshold = 0, 0, _NO_TOPIC
    for score, has_subject in scored:
        gain += -1 if has_subject else 1
        if gain > best:
            best, threshold = gain, score
    return threshold


def _scores(model: TopicModel, examples: Sequence[_Example]) -> TopicScores:
    exact, f1, none_found = [], [], []
    for one in examples:
        found = _compared(model.topic(one.question.text, one.words, one.states))
        if one.question.subject is None:
            none_found.append(not found)
            continue
        wanted = _compared(one.question.subject.of(one.question.text))
        exact.append(found == wanted)
        f1.append(_f1(found, wanted))
    return TopicScores(len(exact), _mean(exact), _mean(f1), len(none_found), _mean(none_found))


def _compared(text: str) -> list[str]:
    """Return the words of a topic in lower case, without an article before them."""
    words = [word.of(text).lower() for word in words_of(text)]
    words = [word for word in words if word[0].isalnum()]
    return words[1:] if words and words[0] in _ARTICLES else words


def _f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    shared = sum((Counter(found) & Counter(wanted)).values())
    return 2 * shared / max(1, len(found) + len(wanted))


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
