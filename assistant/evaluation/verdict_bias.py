"""How much a model leans towards yes and true: fitted on its replies to verdict questions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from assistant.answering import Assistant
from assistant.answering.decide import log_odds
from assistant.errors import InputError
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.kept_replies import keep_replies, kept_replies
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import VERDICT_SCALES, Question
from assistant.evaluation.verdict_runs import give_abstract
from assistant.models import Calibration, calibration_of
from assistant.papers import paper_id
from assistant.settings import Settings

# With fewer of either verdict the bias would be a guess.
_FEWEST = 15
# Of the claims that people check so many are true, and of their yes/no questions are answered yes,
# as in SciFact and PubMedQA. A question set may have any share, which must not move the bias.
_AFFIRMED = 0.65
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class VerdictReply:
    """A reply to which verdict it is, on evidence from the paper that tells.

    Attributes:
        asked_of: the question set; all sets of a file count the same.
        id: of the question in it.
        library: the fingerprint of the library; empty if the question brought its abstract along.
        question: its text.
        right: the right verdict.
        scale: the verdicts to choose from.
        shares: of each in the reply, 0 to 1.
    """

    asked_of: str
    id: str
    library: str
    question: str
    right: str
    scale: tuple[str, ...]
    shares: tuple[float, ...]

    @property
    def affirms(self) -> float:
        """The log-odds of yes against no, or of true against false."""
        return log_odds(self.shares[0] / (self.shares[0] + self.shares[1]))

    @property
    def is_affirmed(self) -> bool:
        """Whether yes or true is right."""
        return self.right == self.scale[0]

    def is_right_at(self, bias: float) -> bool:
        """Tell whether the reply is the right one if verdicts turn at these log-odds."""
        return (self.affirms > bias) == self.is_affirmed


@dataclass(frozen=True, slots=True)
class Fitted:
    """A calibration with fitted biases.

    Attributes:
        calibration: the one before, but for the biases.
        n: how many replies they were fitted on.
        accuracy: the share of them on the right side of the bias, maybe left out.
        accuracy_before: the same with the biases before.
    """

    calibration: Calibration
    n: int
    accuracy: float
    accuracy_before: float


def calibrate_verdicts(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    name: str,
    out: Path,
    on_progress: OnProgress | None = None,
) -> Fitted:
    """Look at the model's replies to verdict questions, and fit the biases.

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
    return fit_biases(replies, calibration_of(settings.model))


def fit_biases(replies: Sequence[VerdictReply], before: Calibration) -> Fitted:
    """Fit where a verdict turns.

    Args:
        replies: to questions of one scale, or of both; one with too few is not fitted.
        before: the calibration that the model has; what is not fitted is kept.

    Raises:
        InputError: there are too few replies to fit anything, or they do not tell the verdicts
            apart.
    """
    biases = {"verdict_bias": before.verdict_bias, "truth_bias": before.truth_bias}
    told = dict(zip(biases, map(partial(_told, replies), VERDICT_SCALES), strict=True))
    enough = {name: some for name, some in told.items() if _are_enough(some)}
    if not enough:
        counts = Counter(one.right for some in told.values() for one in some)
        found = ", ".join(f"{verdict} {count}" for verdict, count in counts.items()) or "none"
        raise InputError(
            f"Right verdicts of the questions that got a reply: {found}. At least {_FEWEST} with "
            f"yes and {_FEWEST} with no, or so many true and false claims, are needed. "
            "Ask more questions."
        )
    fitted = biases | {name: round(_bias(some), _DIGITS) for name, some in enough.items()}
    count = sum(map(len, enough.values()))
    right, right_before = (
        sum(one.is_right_at(at[name]) for name, some in enough.items() for one in some)
        for at in (fitted, biases)
    )
    calibration = replace(
        before, verdict_bias=fitted["verdict_bias"], truth_bias=fitted["truth_bias"]
    )
    return Fitted(calibration, count, right / count, right_before / count)


def _told(replies: Sequence[VerdictReply], scale: tuple[str, ...]) -> list[VerdictReply]:
    """Return the replies of a scale but for those whose right verdict is maybe."""
    return [one for one in replies if one.scale == scale and one.right in scale[:2]]


def _are_enough(told: Sequence[VerdictReply]) -> bool:
    affirmed = sum(one.is_affirmed for one in told)
    return min(affirmed, len(told) - affirmed) >= _FEWEST


def _bias(told: Sequence[VerdictReply]) -> float:
    """Return the log-odds at which either verdict is as likely, were `_AFFIRMED` of them true.

    Raises:
        InputError: the replies do not tell the verdicts apart.
    """
    from sklearn.linear_model import LogisticRegression

    affirmed = np.array([one.is_affirmed for one in told])
    sets = np.array([one.asked_of for one in told])
    weights = np.ones(len(told))
    for name in set(sets):
        for verdict, share in ((affirmed, _AFFIRMED), (~affirmed, 1 - _AFFIRMED)):
            these = (sets == name) & verdict
            weights[these] = share / max(1, these.sum())
    weights *= len(told) / weights.sum()
    regression = LogisticRegression(C=1e6)
    regression.fit([[one.affirms] for one in told], affirmed, sample_weight=weights)
    [[slope]], [intercept] = regression.coef_, regression.intercept_
    if slope <= 0 or abs(intercept / slope) > log_odds(1.0):
        raise InputError(
            f"This model's replies do not tell {told[0].scale[0]} from {told[0].scale[1]}: nothing "
            "was fitted. Choose another model for such questions."
        )
    return float(-intercept / slope)


def _reply(assistant: Assistant, question: Question, name: str, library: str) -> list[VerdictReply]:
    """Return the reply to a question; none if another paper was found, or no verdict is wanted."""
    verdict = assistant.verdict(question.text)
    if verdict is None or paper_id(verdict.paper.title) not in map(paper_id, question.papers):
        return []
    return [
        VerdictReply(
            asked_of=name,
            id=question.id,
            library=library,
            question=question.text,
            right=question.answers[0],
            scale=verdict.scale,
            shares=verdict.shares,
        )
    ]
