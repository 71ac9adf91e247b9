"""Ask every question of a set and keep the answers, so that a cut run goes on where it stopped."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation.manifest import Manifest, manifest_of, manifest_path
from assistant.evaluation.predictions import Prediction, drop_torn_line, read_predictions
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run, matched
from assistant.library import PaperProgress

Ask = Callable[[Question], Mapping[str, Any]]
"""Answers a question with the JSON contract of an answer."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions are answered.

    Attributes:
        done: answered, those of an earlier start included.
        total: in the set.
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

    A set with at least as many questions as there are papers is quicker if the model reads the
    papers first, so it does; the answers then depend on nothing that was read before.

    Args:
        assistant: with the library that the questions are about.
        questions: of one set.
        name: of the set, or its path; it is noted in the manifest.
        standalone: ask follow-ups in their standalone form, in place of with their history.
        out: where each answer is appended as soon as it is there, one JSON object a line. Answers
            that are already in the file are kept if nothing that they depend on has changed.
        restart: begin anew, whatever is in the file.
        on_reading: told how many papers the model has read ahead.
        on_progress: told before the first question and after each.

    Raises:
        InputError: ``out`` holds answers that were made otherwise, or cannot be written.
    """
    manifest = manifest_of(assistant, name)
    if standalone:
        manifest = replace(manifest, system=f"{manifest.system}, standalone questions")
    if out and not restart:
        _earlier(out, manifest)  # answers that do not fit are told before papers are read
    if len(questions) >= len(assistant.papers()):
        assistant.read(on_reading)
    return answer_questions(
        asking(assistant, standalone=standalone),
        questions,
        manifest,
        out=out,
        restart=restart,
        on_progress=on_progress,
    )


def asking(assistant: Assistant, *, standalone: bool = False) -> Ask:
    """Return how to put a question to an assistant; its model is loaded, so none waits for it."""
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
    """Put all questions to any system that answers with the JSON contract; see `evaluate`."""
    earlier = _earlier(out, manifest) if out and not restart else []
    predictions = _kept(earlier, questions, out) if out else {}
    with _appending(out, manifest, anew=not earlier) as append:
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


def _earlier(out: Path, manifest: Manifest) -> list[Prediction]:
    """Return the answers that an earlier start has left, if they would be the same now."""
    if not out.exists():
        return []
    predictions = read_predictions(out)
    if not predictions:
        # A cut may tear the first answer, but its manifest is there by then.
        if out.stat().st_size and not manifest_path(out).exists():
            raise InputError(
                f"{out} holds something else than answers. Choose another file with --out, or "
                "write over this one with --restart."
            )
        return []
    changed = manifest.differences(Manifest.load(manifest_path(out)))
    if changed:
        raise InputError(
            f"{out} holds answers that were made otherwise: now {'; '.join(changed)}. "
            "Choose another file with --out, or begin anew with --restart."
        )
    return predictions


def _kept(
    earlier: Sequence[Prediction], questions: Sequence[Question], out: Path
) -> dict[str, Prediction]:
    """Return the earlier answers to these questions; a longer run may have left more."""
    asked = {question.id for question in questions}
    mine = [prediction for prediction in earlier if prediction.id in asked]
    return {question.id: prediction for question, prediction in matched(questions, mine, out)}


@contextmanager
def _appending(
    out: Path | None, manifest: Manifest, *, anew: bool
) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Give a function that appends a line to the predictions, whole or not at all."""
    if out is None:
        yield lambda _: None
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if anew:
            out.unlink(missing_ok=True)
            manifest.save(manifest_path(out))
        drop_torn_line(out)
        file = out.open("a", encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"The answers cannot be written to {out}: {error.strerror}. Choose another --out."
        ) from error
    with file:

        def append(record: Mapping[str, Any]) -> None:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()

        yield append
