"""What tells a model's verdicts apart, and where they turn: fitted on verdict questions.

A model leans towards yes and true. What its replies, or its states where they begin, have to say
for a verdict is measured on questions whose verdict is known.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.answering import Assistant
from assistant.answering.log_odds import log_odds
from assistant.errors import InputError
from assistant.evaluation.calibration.examples import kept_state
from assistant.evaluation.calibration.probe import FOLDS, Floats, fit_probe, scale_probe
from assistant.evaluation.calibration.store import keep_replies, kept_replies
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import VERDICT_SCALES, Question
from assistant.evaluation.verdict_runs import give_abstract
from assistant.models import Calibration, Probe, calibration_of
from assistant.papers import paper_id
from assistant.settings import Settings

# With fewer of either verdict the bias would be a guess.
_FEWEST = 15
# Of the claims that people check so many are true, and of their yes/no questions are answered yes,
# as in SciFact and PubMedQA. A question set may have any share, which must not move the bias.
_AFFIRMED = 0.65
# The words of a model count for something even if they tell next to nothing beside its state.
_MOST_WORTH = 4.0
_DIGITS = 3
_NAMES = ("verdict", "truth")  # of what is fitted in a calibration, by `VERDICT_SCALES`


@dataclass(frozen=True, slots=True)
class VerdictReply:
    """A reply to which verdict it is, on evidence from the paper that tells.

    Attributes:
        asked_of: the question set; all sets of a file count the same.
        id: of the question in it.
        library: the fingerprint of the library; empty if the question brought its abstract along.
        question: its text.
        right: the right verdict.
        paper: the title of the paper of the evidence; replies about one stay together in a fold.
        scale: the verdicts to choose from.
        shares: of each in the reply, 0 to 1.
        state: the model's where the reply begins; empty if it cannot be read.
    """

    asked_of: str
    id: str
    library: str
    question: str
    right: str
    paper: str
    scale: tuple[str, ...]
    shares: tuple[float, ...]
    state: tuple[float, ...]

    @property
    def affirms(self) -> float:
        """The log-odds of yes against no, or of true against false, by the words of the reply."""
        return log_odds(self.shares[0] / (self.shares[0] + self.shares[1]))

    @property
    def is_affirmed(self) -> bool:
        """Whether yes or true is right."""
        return self.right == self.scale[0]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A calibration with fitted verdicts.

    Attributes:
        calibration: the one before, but for what verdicts are taken from.
        n: how many replies that was fitted on.
        accuracy: the share of them that is right, maybe left out; where a probe tells, on papers
            held out.
        accuracy_by_words: the same by the words of the replies, with a bias of their own.
    """

    calibration: Calibration
    n: int
    accuracy: float
    accuracy_by_words: float


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """How the two verdicts of a scale are told apart.

    Attributes:
        bias: the log-odds at which the verdict turns.
        probe: tells the log-odds beside the words; None if these do better alone.
        right: how many replies are right.
        right_by_words: how many are by the words.
    """

    bias: float
    probe: Probe | None
    right: int
    right_by_words: int


def calibrate_verdicts(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    name: str,
    out: Path,
    on_progress: OnProgress | None = None,
) -> Fitted:
    """Look at the model's replies to verdict questions, and fit what they tell.

    Args:
        library: its folder; None for the default one. Questions that bring their abstracts along
            are asked of a library with just that abstract, thrown away afterwards.
        questions: for a verdict.
        settings: of the assistant.
        name: of the question set.
        out: where the replies are kept, one JSON object a line. Those that are there count as well,
            and are not asked for again.
        on_progress: told before the first question and after each.

    Raises:
        InputError: ``out`` holds replies of another model or to other prompts, or cannot be
            written, or there are too few of one verdict.
    """
    alone = any(question.abstract for question in questions)
    with (
        TemporaryDirectory() as folder,
        Assistant.open(folder if alone else library, settings=settings, samples=not alone) as asked,
    ):
        manifest = manifest_of(asked)
        made_by = f"{manifest.model} {manifest.prompts} verdicts"
        replies = kept_replies(out, made_by, VerdictReply)
        known = {(reply.asked_of, reply.id, reply.library) for reply in replies}
        fingerprint = "" if alone else manifest.library
        if not alone and len(questions) >= len(asked.papers()):
            asked.read()
        for number, question in enumerate(questions):
            if on_progress:
                on_progress(Progress(number, len(questions)))
            if (name, question.id, fingerprint) in known:
                continue
            if alone:
                give_abstract(asked, question)
            found = _reply(asked, question, name, fingerprint)
            keep_replies(out, made_by, found)
            replies += found
    if on_progress:
        on_progress(Progress(len(questions), len(questions)))
    return fit_verdicts(replies, calibration_of(settings.model))


def fit_verdicts(replies: Sequence[VerdictReply], before: Calibration) -> Fitted:
    """Fit what tells verdicts apart, and where they turn.

    Args:
        replies: to questions of one scale, or of both; one with too few is not fitted.
        before: the calibration that the model has; what is not fitted is kept.

    Raises:
        InputError: there are too few replies to fit anything, or they do not tell the verdicts
            apart.
    """
    told = dict(zip(_NAMES, map(partial(_told, replies), VERDICT_SCALES), strict=True))
    enough = {name: some for name, some in told.items() if _are_enough(some)}
    if not enough:
        counts = Counter(one.right for some in told.values() for one in some)
        found = ", ".join(f"{verdict} {count}" for verdict, count in counts.items()) or "none"
        raise InputError(
            f"Right verdicts of the questions that got a reply: {found}. At least {_FEWEST} with "
            f"yes and {_FEWEST} with no, or so many true and false claims, are needed. "
            "Ask more questions."
        )
    turns = {name: _turn(some) for name, some in enough.items()}
    calibration = before
    for name, turn in turns.items():
        fitted: dict[str, Any] = {f"{name}_bias": turn.bias, f"{name}_probe": turn.probe}
        calibration = replace(calibration, **fitted)
    count = sum(map(len, enough.values()))
    return Fitted(
        calibration,
        count,
        sum(turn.right for turn in turns.values()) / count,
        sum(turn.right_by_words for turn in turns.values()) / count,
    )


def _told(replies: Sequence[VerdictReply], scale: tuple[str, ...]) -> list[VerdictReply]:
    """Return the replies of a scale but for those whose right verdict is maybe."""
    return [one for one in replies if one.scale == scale and one.right in scale[:2]]


def _are_enough(told: Sequence[VerdictReply]) -> bool:
    affirmed = sum(one.is_affirmed for one in told)
    return min(affirmed, len(told) - affirmed) >= _FEWEST


def _turn(told: Sequence[VerdictReply]) -> _Turn:
    """Return how the two verdicts of a scale are told apart: by a probe too, if that does better.

    Raises:
        InputError: the replies do not tell the verdicts apart.
    """
    from sklearn.metrics import roc_auc_score

    affirmed = np.array([one.is_affirmed for one in told])
    weights = _weights(told, affirmed)
    words = np.array([one.affirms for one in told])
    states = {len(one.state) for one in told}
    papers = np.array([one.paper for one in told])
    probe, log_odds_told = None, words
    if len(states) == 1 and 0 not in states and len(set(papers)) >= FOLDS:
        found = fit_probe(np.array([one.state for one in told]), affirmed, weights, papers)
        worth = _worth(words, found.held_out, affirmed, weights)
        both = words + worth * found.held_out
        by_words, by_both = (
            roc_auc_score(affirmed, told_, sample_weight=weights) for told_ in (words, both)
        )
        if by_both > by_words:
            probe, log_odds_told = scale_probe(found.probe, worth), both
    bias = _bias(log_odds_told, affirmed, weights, told[0].scale)
    bias_of_words = _bias(words, affirmed, weights, told[0].scale) if probe else bias
    right, right_by_words = (
        int(((told_ > at) == affirmed).sum())
        for told_, at in ((log_odds_told, bias), (words, bias_of_words))
    )
    return _Turn(round(bias, _DIGITS), probe, right, right_by_words)


def _weights(told: Sequence[VerdictReply], affirmed: npt.NDArray[np.bool_]) -> Floats:
    """Return weights by which every set counts the same, were `_AFFIRMED` of each yes or true."""
    sets = np.array([one.asked_of for one in told])
    weights = np.ones(len(told))
    for name in set(sets):
        for verdict, share in ((affirmed, _AFFIRMED), (~affirmed, 1 - _AFFIRMED)):
            these = (sets == name) & verdict
            weights[these] = share / max(1, these.sum())
    weights *= len(told) / weights.sum()
    return weights


def _worth(
    words: Floats, probed: Floats, affirmed: npt.NDArray[np.bool_], weights: Floats
) -> float:
    """Return how many of the words' log-odds one of a probe's is worth, at most `_MOST_WORTH`."""
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=1e6)
    regression.fit(np.column_stack([words, probed]), affirmed, sample_weight=weights)
    [[of_words, of_probe]] = regression.coef_
    if of_probe <= 0:
        return 0.0
    return float(min(of_probe / of_words, _MOST_WORTH)) if of_words > 0 else _MOST_WORTH


def _bias(
    told: Floats, affirmed: npt.NDArray[np.bool_], weights: Floats, scale: Sequence[str]
) -> float:
    """Return the log-odds at which either verdict is as likely.

    Raises:
        InputError: the log-odds do not tell the verdicts apart.
    """
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(C=1e6)
    regression.fit(told[:, None], affirmed, sample_weight=weights)
    [[slope]], [intercept] = regression.coef_, regression.intercept_
    if slope <= 0 or abs(intercept / slope) > log_odds(1.0):
        raise InputError(
            f"This model's replies do not tell {scale[0]} from {scale[1]}: nothing was fitted. "
            "Choose another model for such questions."
        )
    return float(-intercept / slope)


def _reply(assistant: Assistant, question: Question, name: str, library: str) -> list[VerdictReply]:
    """Return the reply to a question; none if another paper was found, or no verdict is wanted."""
    found = assistant.verdict(question.text)
    if found is None:
        return []
    paper, weighed = found
    if paper_id(paper.title) not in map(paper_id, question.papers):
        return []
    return [
        VerdictReply(
            asked_of=name,
            id=question.id,
            library=library,
            question=question.text,
            right=question.answers[0],
            paper=paper.title,
            scale=weighed.scale,
            shares=weighed.shares,
            state=() if weighed.state is None else kept_state(weighed.state),
        )
    ]
