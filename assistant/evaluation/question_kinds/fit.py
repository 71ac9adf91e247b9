"""Fit the classifier of question kinds (see `assistant.answering.question.kind`).

It is fitted on questions made from templates (see `templates`) and on questions written
one by one (see `written`). Folds hold out whole templates.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.answering.question.kind import (
    KINDS,
    KindModel,
    QuestionKind,
    form_tokens,
    ngrams_of,
    tf_idf,
)
from assistant.answering.smalltalk import reply_similarity
from assistant.atomic_write import write_atomically
from assistant.evaluation.question_kinds.labelled_question import LabelledQuestion
from assistant.library import Embedder, Vector

_FOLDS = 5
_MIN_TEMPLATES = 2
# A word is part of the form of questions, and not a subject, if this many templates have it.
_MIN_TEMPLATES_OF_WORD = 8
# The same for requests for several papers. Facts have subjects outside their slots, too.
_MIN_TEMPLATES_OF_FORM_WORD = 5
# The same for overviews: a word that looks like a topic would limit an overview of the library to
# that topic.
_MIN_TEMPLATES_OF_OVERVIEW_WORD = 3
# A word such as "learning" sometimes occurs outside the slots, too. It is part of the form if it
# does so in at least this share of the templates that contain it.
_MIN_SHARE_OUTSIDE_SLOTS = 0.7
# How many facts are asked for each question of another kind: the weight of a lost share of facts.
_FACTS_PER_QUESTION = 10
# The share of small talk that may be further from all examples than `min_reply_similarity`.
_MAX_SHARE_WITHOUT_REPLY = 0.03
_MAX_NGRAMS = 1500
_ITERATIONS = 150
_DECIMALS = 3
_STEP = 10.0**-_DECIMALS
# The inverse strength of the L2 penalty.
_REGULARISATION = 5.0
_SEED = 7


Confusion: TypeAlias = Mapping[tuple[QuestionKind, QuestionKind], int]
"""The number of questions by (kind, most probable kind)."""


@dataclass(frozen=True, slots=True)
class KindFit:
    """A fitted classifier, and its results on held-out templates.

    Attributes:
        model: fitted on all templates.
        confusion: the confusion matrix on questions of held-out templates.
    """

    model: KindModel
    confusion: Confusion


def fit_kinds(questions: Sequence[LabelledQuestion], embedder: Embedder | None) -> KindFit:
    """Fit the classifier on all questions, and measure it on held-out templates.

    Args:
        questions: see `load_training_questions`.
        embedder: the embedder whose middle layer gives features; None for n-grams alone.
    """
    states = embedder.middle_layer([one.text for one in questions]) if embedder else None
    templates = sorted({one.template for one in questions})
    random.Random(_SEED).shuffle(templates)
    fold_of = {template: place % _FOLDS for place, template in enumerate(templates)}
    confusion: Counter[tuple[QuestionKind, QuestionKind]] = Counter()
    candidates: dict[QuestionKind, list[tuple[float, QuestionKind]]] = {kind: [] for kind in KINDS}
    for fold in range(_FOLDS):
        inside = [i for i, one in enumerate(questions) if fold_of[one.template] != fold]
        model = _fit(questions, states, inside, embedder)
        for i, one in enumerate(questions):
            if fold_of[one.template] == fold:
                probabilities = _probabilities(model, one, states, i)
                confusion[one.kind, _most_probable(probabilities)] += 1
                other = max(set(KINDS) - {"fact"}, key=lambda kind: probabilities[kind])
                candidates[other].append((probabilities["fact"], one.kind))
    sizes = Counter(one.kind for one in questions)
    model = _fit(questions, states, range(len(questions)), embedder)
    return KindFit(
        replace(
            model,
            max_fact={kind: _max_fact(kind, candidates[kind], sizes) for kind in KINDS},
            min_reply_similarity=_min_reply_similarity(questions, embedder),
        ),
        confusion,
    )


def measure_kinds(
    model: KindModel, questions: Sequence[LabelledQuestion], embedder: Embedder | None
) -> Confusion:
    """Return the confusion matrix of a classifier on questions that it was not fitted on."""
    states = embedder.middle_layer([one.text for one in questions]) if embedder else None
    return Counter(
        (one.kind, _most_probable(_probabilities(model, one, states, i)))
        for i, one in enumerate(questions)
    )


def accuracy(confusion: Confusion) -> float:
    """Return the share of the questions whose most probable kind is right."""
    right = sum(count for (kind, best), count in confusion.items() if kind == best)
    return right / max(1, sum(confusion.values()))


def confusion_table(confusion: Confusion, max_fact: Mapping[QuestionKind, float]) -> list[str]:
    """Return the confusion matrix as text: a line per kind, a column per predicted kind.

    Args:
        confusion: the confusion matrix.
        max_fact: the largest probability of a fact at which each kind is trusted.
    """
    width = max(map(len, KINDS))
    header = " ".join(kind[:6].rjust(6) for kind in KINDS)
    rows = [
        " ".join(
            [
                kind.ljust(width),
                *(str(confusion.get((kind, other), 0)).rjust(6) for other in KINDS),
                f"max P(fact) {max_fact[kind]:.2f}".rjust(18),
            ]
        )
        for kind in KINDS
    ]
    return [f"{'':{width}} {header}", *rows]


def write_kind_model(model: KindModel, file: Path) -> None:
    """Write a classifier as JSON, in place of an earlier one."""
    record = {
        "embedder": model.embedder,
        "kinds": model.kinds,
        "vocabulary": sorted(model.vocabulary),
        "form_words": sorted(model.form_words),
        "overview_words": sorted(model.overview_words),
        "ngrams": sorted(model.ngrams, key=lambda ngram: model.ngrams[ngram]),
        "idf": np.round(model.idf, _DECIMALS).tolist(),
        "weights": np.round(model.weights, _DECIMALS).tolist(),
        "bias": np.round(model.bias, _DECIMALS).tolist(),
        "max_fact": dict(model.max_fact),
        "min_reply_similarity": model.min_reply_similarity,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, [json.dumps(record, ensure_ascii=False), "\n"], overwrite=True)


def _probabilities(
    model: KindModel, question: LabelledQuestion, states: Vector | None, index: int
) -> dict[QuestionKind, float]:
    tokens = form_tokens(question.text, question.entities)
    return model.probabilities(tokens, states[index] if states is not None else None)


def _most_probable(probabilities: Mapping[QuestionKind, float]) -> QuestionKind:
    return max(probabilities, key=lambda kind: probabilities[kind])


def _fit(
    questions: Sequence[LabelledQuestion],
    states: Vector | None,
    inside: Sequence[int],
    embedder: Embedder | None,
) -> KindModel:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    tokens = [form_tokens(questions[i].text, questions[i].entities) for i in inside]
    templates = [questions[i].template for i in inside]
    forms = [form_tokens(questions[i].form) for i in inside]
    occurrences = _in_several_templates(forms, templates)
    vocabulary = frozenset(
        word for word, count in occurrences.items() if count >= _MIN_TEMPLATES_OF_WORD
    )
    found = [ngrams_of(one, vocabulary) for one in tokens]
    counts = _in_several_templates(found, templates)
    kept = sorted(counts, key=lambda ngram: (-counts[ngram], ngram))[:_MAX_NGRAMS]
    ngrams = {ngram: index for index, ngram in enumerate(kept)}
    total = len(set(templates))
    idf = np.array([1 + np.log(total / counts[ngram]) for ngram in kept])
    features = csr_matrix(np.stack([tf_idf(one, ngrams, idf) for one in found]))
    if states is not None:  # sparse all the same: the n-grams are most of the columns
        features = hstack([features, states[list(inside)]], format="csr")
    # Each template counts once, however often it was filled, and all kinds have the same total.
    fills = Counter(templates)
    sizes = Counter(questions[i].kind for i in inside)
    kinds = [questions[i].kind for i in inside]
    weights = [
        questions[i].weight / fills[template] / sizes[kind]
        for i, template, kind in zip(inside, templates, kinds, strict=True)
    ]
    regression = LogisticRegression(C=_REGULARISATION, max_iter=_ITERATIONS)
    regression.fit(features, kinds, np.array(weights) * len(weights) / sum(weights))
    order = [list(regression.classes_).index(kind) for kind in KINDS]
    coefficients: npt.NDArray[np.float64] = regression.coef_[order].T
    return KindModel(
        KINDS,
        vocabulary,
        _words_of_forms(questions, ("list", "synthesis", "overview"), _MIN_TEMPLATES_OF_FORM_WORD),
        _words_of_forms(questions, ("overview",), _MIN_TEMPLATES_OF_OVERVIEW_WORD),
        ngrams,
        idf,
        coefficients,
        regression.intercept_[order],
        embedder.name if embedder else "",
        max_fact={},
        min_reply_similarity=0.0,
    )


def _max_fact(
    kind: QuestionKind,
    candidates: Sequence[tuple[float, QuestionKind]],
    sizes: Counter[QuestionKind],
) -> float:
    """Return the P(fact) up to which trusting a kind gains the most.

    Recognising a question of the kind is a gain. Taking a fact for it is a loss. Both are shares of
    all held-out questions of their kind.

    Args:
        kind: a kind other than a fact.
        candidates: P(fact) and the true kind of each held-out question for which this kind is the
            most probable one other than a fact.
        sizes: the number of held-out questions of each kind.
    """
    best, threshold, gain = 0.0, 0.0, 0.0
    for p_fact, true_kind in sorted(candidates):
        if true_kind == kind:
            gain += 1 / sizes[kind]
        elif true_kind == "fact":
            gain -= _FACTS_PER_QUESTION / sizes["fact"]
        if gain > best:
            best, threshold = gain, p_fact
    return round(math.ceil(threshold / _STEP) * _STEP, _DECIMALS)


def _min_reply_similarity(
    questions: Sequence[LabelledQuestion], embedder: Embedder | None
) -> float:
    """Return the cosine that hardly any small talk falls below; 0 if it is unknown."""
    remarks = {one.template: one.text for one in questions if one.kind == "smalltalk"}
    if embedder is None or not remarks:
        return 0.0
    similarities = [reply_similarity(text, embedder) for text in remarks.values()]
    return round(float(np.quantile(similarities, _MAX_SHARE_WITHOUT_REPLY)), _DECIMALS)


def _words_of_forms(
    questions: Sequence[LabelledQuestion], kinds: Sequence[QuestionKind], min_templates: int
) -> frozenset[str]:
    """Return the words that several templates of some kinds contain, mostly outside their slots."""
    own = [one for one in questions if one.kind in kinds and one.form]
    templates = [one.template for one in own]
    forms = [Counter(form_tokens(one.form)) for one in own]
    texts = [Counter(form_tokens(one.text, one.entities)) for one in own]
    outside = _in_several_templates(forms, templates)
    inside = _in_several_templates(
        [text - form for text, form in zip(texts, forms, strict=True)], templates
    )
    return frozenset(
        word
        for word, count in outside.items()
        if count >= max(min_templates, _MIN_SHARE_OUTSIDE_SLOTS * (count + inside.get(word, 0)))
    )


def _in_several_templates(
    found: Sequence[Iterable[str]], templates: Sequence[str]
) -> dict[str, int]:
    """Return the number of templates that each item occurs in, for items that occur in several."""
    where: dict[str, set[str]] = {}
    for items, template in zip(found, templates, strict=True):
        for item in items:
            where.setdefault(item, set()).add(template)
    return {item: len(of) for item, of in where.items() if len(of) >= _MIN_TEMPLATES}
