"""``assistant eval calibrate``: fit a model's calibration."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.eval.options import LimitOption, QuestionSetOption
from assistant.cli.eval.output import question_progress
from assistant.cli.terminal.open import check_model
from assistant.cli.terminal.options import (
    LibraryOption,
    ModelOption,
    SetOption,
    folder_from,
    settings_from,
)
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evaluation import Question
    from assistant.evaluation.calibration.answerability import AnswerabilityFit
    from assistant.evaluation.calibration.relevance import RelevanceFit
    from assistant.evaluation.calibration.verdicts import VerdictFit
    from assistant.settings import Settings


def calibrate(
    questions: QuestionSetOption = "sample",
    library: LibraryOption = None,
    abstracts: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="A question set with the abstracts that the verdict questions are about, if the "
            "library does not hold them. Can be repeated.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The file for the model's replies; default: calibration.jsonl, verdicts.jsonl for "
            "verdict questions, or relevance.jsonl for broad ones. Replies already in it, also of "
            "other question sets and libraries, are part of the fit.",
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write the calibration to this file instead of using it."
        ),
    ] = None,
    library_only: Annotated[
        bool,
        typer.Option(
            "--library-only",
            help="Fit only how far questions about this library differ, and keep it with the "
            "library.",
        ),
    ] = False,
    limit: LimitOption = None,
    model: ModelOption = None,
    changes: SetOption = None,
) -> None:
    """Fit a model's calibration, and use it from then on to decide when to abstain.

    With a set of verdict questions, fit the decision between yes and no, and true and false. With
    a set of broad questions, fit which papers contribute to an answer from several papers.

    With --library-only, fit the difference of this library on questions about its papers, such as
    those of `assistant eval generate`. With few questions it stays near the model's calibration.

    Example:
        $ assistant eval calibrate --model ~/models/other.gguf --limit 240
        $ assistant eval calibrate --model ~/models/other.gguf --questions verdicts --limit 240
    """
    settings = settings_from(changes, model)
    if settings.endpoints:
        raise InputError(
            "A calibration is fitted to the states of a model in this process. Leave out endpoints."
        )
    check_model(settings)
    from assistant.evaluation import load_questions, question_name, select
    from assistant.evaluation.calibration.answerability import calibrate_answerability
    from assistant.evaluation.calibration.relevance import RELEVANCE_KINDS, calibrate_relevance
    from assistant.evaluation.calibration.verdicts import calibrate_verdicts
    from assistant.evaluation.questions import VERDICT
    from assistant.evaluation.verdict_runs import abstracts_of, with_abstracts
    from assistant.models import store_calibration

    selected = select(load_questions(questions), limit=limit)
    are_verdicts = {question.kind for question in selected} == {VERDICT}
    if abstracts:
        given = [paper for name in abstracts for paper in abstracts_of(load_questions(name))]
        selected = with_abstracts(selected, given)
    broad = [
        question
        for question in selected
        if question.kind in RELEVANCE_KINDS
        and not (question.broad and question.broad.split == "test")
    ]
    if library_only:
        _calibrate_library(library, selected, settings, out or Path("library.jsonl"))
        return
    name = "verdicts" if are_verdicts else "relevance" if broad else "calibration"
    out = out or Path(f"{name}.jsonl")
    with question_progress("Asking") as on_progress:
        fit: AnswerabilityFit | VerdictFit | RelevanceFit
        if are_verdicts:
            name = question_name(questions)
            fit = calibrate_verdicts(
                library, selected, settings, name=name, out=out, on_progress=on_progress
            )
            summary = _verdict_summary(fit)
        elif broad:
            fit = calibrate_relevance(library, broad, settings, out=out, on_progress=on_progress)
            summary = _relevance_summary(fit)
        else:
            fit = calibrate_answerability(
                library, selected, settings, out=out, on_progress=on_progress
            )
            summary = _answerability_summary(fit)
    path = store_calibration(settings.model, fit.calibration, save)
    print_note(summary)
    print_note(f"Stored in {path}." if save else f"Stored in {path}; delete it to undo this.")


def _calibrate_library(
    library: Path | None, questions: "Sequence[Question]", settings: "Settings", out: Path
) -> None:
    from assistant.answering.library_calibration import store_library_calibration
    from assistant.evaluation.calibration.library_shift import calibrate_library

    with question_progress("Asking") as on_progress:
        fit = calibrate_library(library, questions, settings, out=out, on_progress=on_progress)
    path = store_library_calibration(
        folder_from(library), settings.model, fit.calibration, fit.fitted
    )
    print_note(f"{fit.fitted}.")
    print_note(
        f"On held-out papers, at a threshold of {settings.abstention_threshold:g}: abstained on "
        f"{fit.before.abstention_recall} of the unanswered questions before and "
        f"{fit.after.abstention_recall} after, and on {fit.before.abstained_on_answerable} and "
        f"{fit.after.abstained_on_answerable} of the answered ones."
    )
    print_note(f"Stored in {path}; delete it to undo this.")


def _verdict_summary(fit: "VerdictFit") -> str:
    return (
        f"{fit.n} replies. Accuracy on held-out papers, without maybe: {fit.accuracy:.3f}; by the "
        f"words of the replies alone: {fit.accuracy_of_replies:.3f}."
    )


def _relevance_summary(fit: "RelevanceFit") -> str:
    return (
        f"{fit.n} questions. On held-out questions, contributing papers are separated from others "
        f"with an AUC of {fit.auc:.3f}; their F1 is {fit.f1:.3f} at a probability of at least "
        f"{fit.threshold:.2f}."
    )


def _answerability_summary(fit: "AnswerabilityFit") -> str:
    return (
        f"{fit.n} replies. On held-out papers, whether the evidence answers is predicted with an "
        f"AUC of {fit.auc:.3f} and a log loss of {fit.log_loss:.3f} (constant prediction: "
        f"{fit.log_loss_constant:.3f})."
    )
