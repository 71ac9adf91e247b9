"""Calibrate relevance: fit P(a paper contributes to an answer from several papers).

The examples are the candidate papers of questions whose contributing papers are known: syntheses,
and broad questions that no paper answers. A logistic regression is fitted on the features that
`assistant.answering.synthesis.relevance` computes.

Design notes: docs/design/broad-questions.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.answering import Assistant
from assistant.answering.synthesis import relevance_features
from assistant.errors import InputError
from assistant.evaluation.broad import SYNTHESIS_KINDS, UNANSWERABLE_BROAD
from assistant.evaluation.calibration.probe import Booleans, Floats, unscaled_probe
from assistant.evaluation.calibration.store import append_examples, load_examples
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import Question
from assistant.models import Calibration, Probe, calibration_of
from assistant.papers import paper_id
from assistant.settings import Settings

RELEVANCE_KINDS = frozenset((*SYNTHESIS_KINDS, UNANSWERABLE_BROAD))
_MIN_QUESTIONS = 10
_DIGITS = 3
_THRESHOLDS = np.arange(0.05, 0.75, 0.05)


@dataclass(frozen=True, slots=True)
class RelevanceExample:
    """A candidate paper of a question, labelled by whether it contributes to the answer.

    Attributes:
        question: text of the question.
        library: fingerprint of the library.
        contributing: the number of papers of the library that contribute.
        contributes: the label.
        values: see `assistant.answering.synthesis.relevance.PaperFeatures`.
    """

    question: str
    library: str
    contributing: int
    contributes: bool
    values: tuple[float, ...]

    def to_record(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "question": self.question,
            "library": self.library,
            "contributing": self.contributing,
            "contributes": self.contributes,
            "values": self.values,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "RelevanceExample":
        """Convert the JSON form.

        Raises:
            KeyError, TypeError: the record is of another kind.
        """
        return cls(
            question=record["question"],
            library=record["library"],
            contributing=record["contributing"],
            contributes=record["contributes"],
            values=tuple(record["values"]),
        )


@dataclass(frozen=True, slots=True)
class RelevanceFit:
    """A calibration, and its quality on held-out questions.

    Attributes:
        calibration: fitted on all examples.
        n: number of questions.
        auc: mean area under the ROC curve within a question.
        f1: mean F1 of the selected papers, at the best threshold.
        threshold: the probability from which a paper is selected for that F1.
    """

    calibration: Calibration
    n: int
    auc: float
    f1: float
    threshold: float


def calibrate_relevance(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    out: Path,
    on_progress: OnProgress | None = None,
) -> RelevanceFit:
    """Collect the features of candidate papers, and fit the calibration.

    Args:
        library: the library folder; None for the default one.
        questions: broad questions about its papers.
        settings: the assistant's settings.
        out: file that the examples are appended to, one JSON object per line. Examples already in
            it are not collected again, and are part of the fit.
        on_progress: called before the first question and after each.

    Raises:
        InputError: ``out`` holds examples of another model or other prompts, or cannot be written,
            or there are too few questions.
    """
    with Assistant.open(library, settings=settings) as assistant:
        manifest = manifest_of(assistant)
        made_by = f"{manifest.model} {manifest.prompts}"
        examples = load_examples(out, made_by, RelevanceExample)
        done = {(example.library, example.question) for example in examples}
        for number, question in enumerate(questions):
            if on_progress:
                on_progress(Progress(number, len(questions)))
            if (manifest.library, question.text) not in done:
                new = _examples(assistant, question, manifest.library)
                append_examples(out, made_by, new)
                examples += new
        if on_progress:
            on_progress(Progress(len(questions), len(questions)))
    return fit_relevance(examples, calibration_of(settings.model))


def fit_relevance(examples: Sequence[RelevanceExample], before: Calibration) -> RelevanceFit:
    """Fit the probe; measure it with each question held out in turn.

    Args:
        examples: the examples of at least ten questions.
        before: the model's calibration. Values that are not fitted are kept.

    Raises:
        InputError: there are too few questions, or no paper contributes to any.
    """
    from sklearn.metrics import roc_auc_score

    questions = np.array([example.question for example in examples])
    labels = np.array([example.contributes for example in examples], dtype=bool)
    values = np.array([example.values for example in examples], dtype=np.float64)
    names = sorted(set(questions[labels])) if len(examples) else []
    if len(names) < _MIN_QUESTIONS:
        raise InputError(
            f"Papers contribute to {len(names)} questions: at least {_MIN_QUESTIONS} are needed. "
            f"Ask more questions of the kinds {', '.join(sorted(RELEVANCE_KINDS))}."
        )
    held_out = np.zeros(len(examples))
    for name in set(questions):
        inside = questions != name
        probe = _fit(values[inside], labels[inside], questions[inside])
        held_out[~inside] = values[~inside] @ np.array(probe.weights) + probe.bias
    probabilities = 1 / (1 + np.exp(-held_out))
    wanted = {example.question: example.contributing for example in examples}
    f1, threshold = max(
        (
            np.mean(
                [
                    _f1(
                        labels[questions == name],
                        probabilities[questions == name] >= bound,
                        wanted[name],
                    )
                    for name in names
                ]
            ),
            float(bound),
        )
        for bound in _THRESHOLDS
    )
    aucs = [
        roc_auc_score(labels[questions == name], held_out[questions == name])
        for name in names
        if not labels[questions == name].all()
    ]
    probe = _fit(values, labels, questions)
    return RelevanceFit(
        replace(before, relevance_probe=probe),
        n=len(set(questions)),
        auc=float(np.mean(aucs)),
        f1=float(f1),
        threshold=round(threshold, 2),
    )


def _examples(assistant: Assistant, question: Question, library: str) -> list[RelevanceExample]:
    features = relevance_features(assistant.context(), question.text)
    contributing = set(map(paper_id, question.papers))
    borderline = set(map(paper_id, question.borderline))
    return [
        RelevanceExample(
            question.text,
            library,
            len(contributing),
            # By title: the papers of the library may have the id of a service.
            paper_id(one.paper.title) in contributing,
            tuple(round(value, _DIGITS) for value in one.values),
        )
        for one in features
        if paper_id(one.paper.title) not in borderline
    ]


def _fit(values: Floats, labels: Booleans, questions: npt.NDArray[np.str_]) -> Probe:
    """Fit a logistic regression in which each question has the same weight."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names, places, counts = np.unique(questions, return_inverse=True, return_counts=True)
    weights = len(labels) / len(names) / counts[places]
    scaler = StandardScaler().fit(values)
    regression = LogisticRegression(max_iter=1000)
    regression.fit(scaler.transform(values), labels, sample_weight=weights)
    return unscaled_probe(scaler, regression)


def _f1(labels: Booleans, drawn_in: Booleans, contributing: int) -> float:
    right = int((labels & drawn_in).sum())
    return 2 * right / (int(drawn_in.sum()) + contributing) if right else 0.0
