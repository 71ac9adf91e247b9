"""How much a model leans towards yes and true: fitted on its replies to verdict questions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
        question: its text.
        right: the right verdict.
        scale: the verdicts to choose from.
        shares: of each in the reply, 0 to 1.
    """

    asked_of: str
    question: str
    right: str
    scale: tuple[str, ...]
    shares: tuple[float, ...]

    @property
    def affirms(self) -> float:
        """The log-odds of yes against no, or of true against false."""
        return log_odds(self.shares[0] / (self.shares[0] + self.shares[1]))


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
        known = {(reply.asked_of, reply.question) for reply in replies}
        for number, question in enumerate(questions):
            if on_progress:
                on_progress(Progress(number, len(questions)))
            if (name, question.text) in known:
                continue
            if alone:
                give_abstract(asked, question)
            found = _reply(asked, question, name)
            keep_replies(out, made_by, found)
            replies += found
    if on_progress:
        on_progress(Progress(len(questions), len(questions)))
    return fit_biases(replies, calibration_of(settings.model))


def fit_biases(replies: Sequence[VerdictReply], before: Calibration) -> Fitted:
    """Fit where a verdict turns.

    Args:
        replies: to questions of one scale, or of both.
        before: the calibration that the model has; what is not fitted is kept.

    Raises:
        InputError: there are too few replies of one verdict.
    """
    biases = {"verdict_bias": before.verdict_bias, "truth_bias": before.truth_bias}
    right = {True: 0, False: 0}
    count = 0
    for bias, scale in zip(biases, VERDICT_SCALES, strict=True):
        told = [one for one in replies if one.scale == scale and one.right in scale[:2]]
        if not told:
            continue
        earlier = biases[bias]
        biases[bias] = round(_bias(told), _DIGITS)
        count += len(told)
        for fitted, at in ((True, biases[bias]), (False, earlier)):
            right[fitted] += sum((one.affirms > at) == (one.right == scale[0]) for one in told)
    if not count:
        raise InputError("None of the questions got a reply that is yes or no, or true or false.")
    calibration = replace(
        before, verdict_bias=biases["verdict_bias"], truth_bias=biases["truth_bias"]
    )
    return Fitted(calibration, count, right[True] / count, right[False] / count)


def _bias(told: Sequence[VerdictReply]) -> float:
    """Return the log-odds at which either verdict is as likely, were `_AFFIRMED` of them true.

    Raises:
        InputError: there are too few replies of one verdict.
    """
    from sklearn.linear_model import LogisticRegression

    yes, no, *_ = told[0].scale
    affirmed = np.array([one.right == yes for one in told])
    if min(affirmed.sum(), (~affirmed).sum()) < _FEWEST:
        raise InputError(
            f"Of {len(told)} questions {affirmed.sum()} have the right verdict {yes}: at least "
            f"{_FEWEST} that have it and {_FEWEST} that have {no} are needed. Ask more questions."
        )
    sets = np.array([one.asked_of for one in told])
    weights = np.ones(len(told))
    for name in set(sets):
        for verdict, share in ((affirmed, _AFFIRMED), (~affirmed, 1 - _AFFIRMED)):
            these = (sets == name) & verdict
            weights[these] = share / max(1, these.sum())
    weights *= len(told) / weights.sum()
    regression = LogisticRegression(C=1e6)
    regression.fit([[one.affirms] for one in told], affirmed, sample_weight=weights)
    return float(-regression.intercept_[0] / regression.coef_[0, 0])


def _reply(assistant: Assistant, question: Question, name: str) -> list[VerdictReply]:
    """Return the reply to a question; none if another paper was found, or no verdict is wanted."""
    verdict = assistant.verdict(question.text)
    if verdict is None or paper_id(verdict.paper.title) not in map(paper_id, question.papers):
        return []
    return [VerdictReply(name, question.text, question.answers[0], verdict.scale, verdict.shares)]
