"""Calibrating a model: what its replies tell of whether the evidence answers a question.

Each question is put to the library, and every third one that has an answer also to the library
without the papers that hold it. On the replies a linear probe is fitted (`Probe`), and
on what it says of papers that it was not fitted on, what that means in probabilities.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.predictions import drop_torn_line
from assistant.evaluation.questions import UNANSWERABLE, Question
from assistant.library import Scope
from assistant.models import Calibration, Probe, calibration_of
from assistant.settings import Settings

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

# With fewer of either kind the probe would be a guess.
_FEWEST = 15
_FOLDS = 5
# How freely the probe's weights follow the examples, an example: chosen on development questions.
# There are about as many weights as examples, so they have to be held back.
_FREEDOM = 1.0
# Each how many-th question is also asked without the papers that answer it: it takes longer, for
# all of the best papers are looked at.
_BESIDE = 3
# Of the questions that people ask about their papers so many are answered by them. A question set
# may have any share of unanswerable ones, which must not move the probability.
_ANSWERED = 0.8
# How much more a question that the library is asked in earnest counts than one that it is asked
# without the papers that answer it: the latter are many, and easier to tell.
_EARNEST = 2.0
_DIGITS = 4

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A reply to whether some evidence answers a question.

    Attributes:
        id: of the question.
        library: the fingerprint of the library.
        paper: the title of the paper asked about; replies about one stay together in a fold.
        beside: whether the papers that answer it were left out.
        answers: whether the evidence holds the answer.
        logits: what a probe sees of the reply.
    """

    id: str
    library: str
    paper: str
    beside: bool
    answers: bool
    logits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration, and how well it does on papers that it was not fitted on.

    Attributes:
        calibration: fitted on all examples.
        n: how many they are.
        auc: area under the ROC curve of "the evidence answers", of held-out papers.
        log_loss: mean, of the same, in nats, as if 0.8 of them were answered.
        log_loss_constant: of the same, were each given that share.
    """

    calibration: Calibration
    n: int
    auc: float
    log_loss: float
    log_loss_constant: float


def calibrate(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    out: Path,
    on_progress: OnProgress | None = None,
) -> Calibrated:
    """Look at the model's replies to questions, and fit the calibration.

    Args:
        library: its folder; None for the default one.
        questions: about its papers, answerable ones and others.
        settings: of the assistant; the abstention threshold does not matter.
        out: where the replies are kept, one JSON object a line. Those that are there count as well,
            and are not asked for again: a cut run goes on, and several libraries make one fit.
        on_progress: told before the first question and after each.

    Raises:
        InputError: ``out`` holds replies of another model or to other prompts, or there are too few
            questions of either kind to fit anything.
    """
    with Assistant.open(library, settings=settings) as assistant:
        manifest = manifest_of(assistant, "")
        made_by = f"{manifest.model} {manifest.prompts}"
        examples = _kept(out, made_by)
        asked = {(one.library, one.id) for one in examples}
        if len(questions) >= len(assistant.papers()):
            assistant.read()
        with out.open("a", encoding="utf-8") as file:
            for number, question in enumerate(questions):
                if on_progress:
                    on_progress(Progress(number, len(questions)))
                if (assistant.library.fingerprint(), question.id) in asked:
                    continue
                for example in _examples(assistant, question, beside=number % _BESIDE == 0):
                    examples.append(example)
                    file.write(json.dumps({"made_by": made_by, **asdict(example)}) + "\n")
                file.flush()
    if on_progress:
        on_progress(Progress(len(questions), len(questions)))
    return fit(examples, calibration_of(settings.model))


def fit(examples: Sequence[Example], before: Calibration) -> Calibrated:
    """Fit a probe and what it means in probabilities.

    Args:
        examples: of which at least some answer and some do not.
        before: the calibration that the model has; what is not fitted is kept.

    Raises:
        InputError: there are too few examples of either kind to fit anything.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    answers = np.array([example.answers for example in examples], dtype=bool)
    papers = [example.paper for example in examples]
    if min(answers.sum(), (~answers).sum()) < _FEWEST or len(set(papers)) < _FOLDS:
        raise InputError(
            f"The evidence answers {int(answers.sum())} of {len(answers)} questions about "
            f"{len(set(papers))} papers: at least {_FEWEST} that it answers and {_FEWEST} others, "
            f"about {_FOLDS} papers, are needed. Ask more questions, unanswerable ones among them."
        )
    logits = np.array([example.logits for example in examples])
    regression = LogisticRegression(
        C=_FREEDOM / len(examples), class_weight="balanced", max_iter=1000
    )
    probe = make_pipeline(StandardScaler(), regression)
    earnest = np.array([not example.beside for example in examples])
    weighing = {"logisticregression__sample_weight": np.where(earnest, _EARNEST, 1.0)}
    held_out: Floats = cross_val_predict(
        probe,
        logits,
        answers,
        groups=papers,
        cv=GroupKFold(_FOLDS),
        method="decision_function",
        params=weighing,
    )
    told, right = held_out[earnest, None], answers[earnest]
    share = float(right.mean())
    weights = np.where(right, _ANSWERED / share, (1 - _ANSWERED) / (1 - share))
    meaning = LogisticRegression(C=1e6).fit(told, right, sample_weight=weights)
    probe.fit(logits, answers, **weighing)
    return Calibrated(
        replace(
            before,
            yes_slope=round(float(meaning.coef_[0, 0]), 3),
            yes_bias=round(float(meaning.intercept_[0]), 3),
            probe=_probe(probe[0].mean_, probe[0].scale_, regression),
        ),
        n=len(examples),
        auc=float(roc_auc_score(right, told[:, 0])),
        log_loss=float(log_loss(right, meaning.predict_proba(told), sample_weight=weights)),
        log_loss_constant=float(
            log_loss([True, False], [_ANSWERED] * 2, sample_weight=[_ANSWERED, 1 - _ANSWERED])
        ),
    )


def _probe(mean: Floats, scale: Floats, regression: "LogisticRegression") -> Probe:
    """Return a probe of logits as they are, from a regression on scaled ones."""
    weights = np.array([float(f"{weight:.{_DIGITS}g}") for weight in regression.coef_[0] / scale])
    bias = float(regression.intercept_[0] - weights @ mean)
    return Probe(tuple(weights.tolist()), round(bias, _DIGITS))


def _examples(assistant: Assistant, question: Question, *, beside: bool) -> Iterator[Example]:
    """Yield the replies about a question, at most two.

    Args:
        assistant: that is asked.
        question: to be looked at.
        beside: whether to ask it, if it has an answer, of the other papers as well.
    """
    titles = set(question.papers)
    rest = tuple(paper.id for paper in assistant.papers() if paper.title not in titles)
    beside = beside and question.kind != UNANSWERABLE and bool(rest)
    scopes = [Scope(), Scope(papers=rest)] if beside else [Scope()]
    for scope in scopes:
        decision = assistant.decision(question.text, scope=scope)
        if decision is None:
            return
        found = titles & {paper.title for paper in decision.papers}
        yield Example(
            id=question.id,
            library=assistant.library.fingerprint(),
            paper=min(titles, default=question.id),
            beside=bool(scope),
            answers=bool(found) and question.kind != UNANSWERABLE,
            logits=tuple(round(float(logit), _DIGITS) for logit in decision.logits),
        )


def _kept(out: Path, made_by: str) -> list[Example]:
    """Return the replies of an earlier start."""
    if not out.exists():
        return []
    drop_torn_line(out)
    examples = []
    for line in out.read_text(encoding="utf-8").splitlines():
        try:
            values = json.loads(line)
            if values.pop("made_by") != made_by:
                raise InputError(
                    f"{out} holds replies of another model or to other prompts. Choose another "
                    "file with --out."
                )
            examples.append(Example(**{**values, "logits": tuple(values["logits"])}))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InputError(
                f"{out} holds something else than replies. Choose another file with --out."
            ) from error
    return examples
