"""Runs: ask every question of a set and store the answers, resuming an interrupted run."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation.manifest import Manifest, manifest_of, manifest_path
from assistant.evaluation.predictions import Prediction, read_predictions
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run, match_predictions
from assistant.jsonl_store import JsonlStore
from assistant.library import PaperProgress

Ask = Callable[[Question], Mapping[str, Any]]
"""Answers a question; returns what `Answer.to_dict` returns."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The number of answered questions.

    Attributes:
        done: answered questions, including those of an earlier, interrupted run.
        total: all questions of the run.
    """

    done: int
    total: int


OnProgress = Callable[[Progress], None]


def evaluate(
    assistant: Assistant,
    questions: Sequence[Question],
    *,
    name: str = "",
    standalone: bool = False,
    out: Path | None = None,
    restart: bool = False,
    on_reading: Callable[[PaperProgress], None] | None = None,
    on_progress: OnProgress | None = None,
) -> Run:
    """Ask an assistant all questions, one after the other.

    If there are at least as many questions as papers, the model reads all papers first. That is
    faster in total, and the answers then do not depend on which papers were read before.

    Args:
        assistant: its library holds the papers that the questions are about.
        questions: questions of one set.
        name: name or path of the set, recorded in the manifest.
        standalone: ask follow-ups in their standalone form, without their history.
        out: file that each answer is appended to as soon as it is complete, one JSON object per
            line. Answers already in the file are reused if nothing that they depend on has changed.
        restart: discard the answers in ``out`` first.
        on_reading: called with the number of papers that the model has read.
        on_progress: called before the first question and after each.

    Raises:
        InputError: ``out`` holds answers made under other conditions, or cannot be written.
    """
    manifest = manifest_of(assistant, name)
    if standalone:
        manifest = replace(manifest, system=f"{manifest.system}, standalone questions")
    if out and not restart:
        _previous_predictions(out, manifest)  # raises before papers are read if they do not match
    if len(questions) >= len(assistant.papers()):
        assistant.read(on_reading)
    return answer_questions(
        make_ask(assistant, standalone=standalone),
        questions,
        manifest,
        out=out,
        restart=restart,
        on_progress=on_progress,
    )


def make_ask(assistant: Assistant, *, standalone: bool = False) -> Ask:
    """Load the model and return a function that asks the assistant a question.

    Args:
        assistant: the assistant to ask.
        standalone: ask follow-ups in their standalone form, without their history.
    """
    assistant.load()

    def ask(question: Question) -> Mapping[str, Any]:
        if standalone and question.standalone:
            return assistant.ask(question.standalone).to_dict()
        return assistant.ask(question.text, question.history).to_dict()

    return ask


def answer_questions(
    ask: Ask,
    questions: Sequence[Question],
    manifest: Manifest,
    *,
    out: Path | None = None,
    restart: bool = False,
    on_progress: OnProgress | None = None,
) -> Run:
    """Ask any system all questions; see `evaluate` for the arguments not described here.

    Args:
        ask: answers one question.
        questions: questions of one set.
        manifest: what the answers depend on.
        out: as for `evaluate`.
        restart: as for `evaluate`.
        on_progress: as for `evaluate`.
    """
    previous = _previous_predictions(out, manifest) if out and not restart else []
    predictions = _reusable(previous, questions, out) if out else {}
    with _open_output(out, manifest, overwrite=not previous) as append:
        for question in questions:
            if on_progress:
                on_progress(Progress(len(predictions), len(questions)))
            if question.id not in predictions:
                record = {"id": question.id, **ask(question)}
                append(record)
                predictions[question.id] = Prediction.from_dict(record)
        if on_progress:
            on_progress(Progress(len(predictions), len(questions)))
    results = tuple((question, predictions[question.id]) for question in questions)
    return Run(results, manifest)


def _previous_predictions(out: Path, manifest: Manifest) -> list[Prediction]:
    """Return the predictions already in a file.

    Raises:
        InputError: they were made under other conditions, or the file holds something else.
    """
    if not out.exists():
        return []
    predictions = read_predictions(out)
    if not predictions:
        # An interruption may leave an incomplete first answer, but the manifest exists by then.
        if out.stat().st_size and not manifest_path(out).exists():
            raise InputError(
                f"{out} is not a predictions file. Choose another file with --out, or overwrite "
                "this one with --restart."
            )
        return []
    differences = manifest.differences(Manifest.load(manifest_path(out)))
    if differences:
        raise InputError(
            f"{out} holds answers made under other conditions: now {'; '.join(differences)}. "
            "Choose another file with --out, or discard these answers with --restart."
        )
    return predictions


def _reusable(
    previous: Sequence[Prediction], questions: Sequence[Question], out: Path
) -> dict[str, Prediction]:
    """Return previous predictions by question id, without those to other questions.

    A run over more questions of the same set may have left others in the file.
    """
    ids = {question.id for question in questions}
    wanted = [prediction for prediction in previous if prediction.id in ids]
    matches = match_predictions(questions, wanted, out)
    return {question.id: prediction for question, prediction in matches}


@contextmanager
def _open_output(
    out: Path | None, manifest: Manifest, *, overwrite: bool
) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Prepare the predictions file; yield a function that appends a record to it."""
    if out is None:
        yield lambda _: None
        return
    store = JsonlStore(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if overwrite:
            out.unlink(missing_ok=True)
            manifest.save(manifest_path(out))
        store.prepare()
    except OSError as error:
        raise InputError(
            f"The answers cannot be written to {out}: {error.strerror}. Choose another --out."
        ) from error
    yield lambda record: store.append([record])
