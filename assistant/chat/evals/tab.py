"""The evals tab: its components and event handlers."""

import math
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.chat.evals.comparison_view import comparison_view
from assistant.chat.evals.run_view import run_view
from assistant.chat.jobs.eval_runs import AlreadyRunningError, EvalRuns, RunProgress
from assistant.chat.rights import check_right, needs, record, use_questions
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.uploads import delete_upload
from assistant.chat.widgets.progress_bar import error_note, progress_bar
from assistant.chat.widgets.raw_html import raw_html
from assistant.chat.widgets.show_errors import show_errors
from assistant.errors import AssistantError, Cancelled
from assistant.evaluation import Run, compare

_DEFAULT_SET = "sample"
_DEFAULT_LIMIT = 20
_MAX_LIMIT = 1000
_NO_RUNS = "There are no runs yet. Start one to see its report here."


@dataclass(frozen=True, slots=True)
class _EvalsParts:
    """The components of the evals tab.

    Attributes:
        questions: the question set to run.
        limit: the maximum number of questions.
        add_set: the button that uploads a question set.
        start: the button that starts a run.
        stop: the button that stops it.
        estimate: how long the run will take.
        status: the progress of the run, or an error.
        shown: the run to show.
        before: the earlier run to compare it with.
        result: the report or the comparison.
    """

    questions: gr.Dropdown
    limit: gr.Number
    add_set: gr.UploadButton
    start: gr.Button
    stop: gr.Button
    estimate: gr.HTML
    status: gr.HTML
    shown: gr.Dropdown
    before: gr.Dropdown
    result: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """The components that most events may update."""
        return [
            self.questions,
            self.estimate,
            self.status,
            self.start,
            self.stop,
            self.shown,
            self.before,
            self.result,
        ]


def build_evals_tab(app: AppState, shell: Shell) -> None:
    """Lay out the evals tab and connect its events."""
    runs = app.runs
    parts = _lay_out_evals(runs)

    def on_start(name: str, limit: float | None, request: gr.Request) -> Iterator[Updates]:
        try:
            check_right(app, request, "run evaluations")
            if runs.running is None:  # otherwise the visitor follows someone else's run
                use_questions(app, request, int(limit or _DEFAULT_LIMIT))
            with suppress(AlreadyRunningError):
                runs.start(app.assistant, name, int(limit or _DEFAULT_LIMIT))
        except AssistantError as error:
            yield {parts.status: error_note(str(error))}
            return
        record(app, request, "run evaluations", questions=name)
        yield from _watch(runs, parts)
        yield {parts.estimate: on_limit(limit)}

    def on_add_set(file: str, request: gr.Request) -> Updates:
        try:
            check_right(app, request, "run evaluations")
            added = runs.add_set(Path(file))
        except AssistantError as error:
            return {parts.status: error_note(str(error))}
        finally:
            delete_upload(file)
        choices = gr.Dropdown(choices=runs.question_sets(), value=added)
        return {parts.status: "", parts.questions: choices}

    @show_errors
    def on_stop(request: gr.Request) -> None:
        check_right(app, request, "run evaluations")
        if (run := runs.running) is not None:
            run.job.stop()

    def on_choice(shown: str | None, before: str | None) -> str:
        return _result_html(runs, shown, before)

    def on_limit(limit: float | None) -> str:
        return _estimate(runs, app.assistant.settings.model, int(limit or _DEFAULT_LIMIT))

    def on_load(limit: float | None) -> Iterator[Updates]:
        yield {
            parts.questions: gr.Dropdown(choices=runs.question_sets()),
            parts.estimate: on_limit(limit),
            **_runs_view(runs, parts),
        }
        yield from _watch(runs, parts)

    parts.start.click(
        on_start, [parts.questions, parts.limit], parts.outputs, concurrency_limit=None, **QUIET
    )
    parts.add_set.upload(on_add_set, parts.add_set, parts.outputs, **QUIET)
    parts.stop.click(on_stop, queue=False, **QUIET)
    gr.on(
        [parts.shown.input, parts.before.input],
        on_choice,
        [parts.shown, parts.before],
        parts.result,
        **QUIET,
    )
    parts.limit.change(on_limit, parts.limit, parts.estimate, trigger_mode="always_last", **QUIET)
    shell.page.load(on_load, parts.limit, parts.outputs, concurrency_limit=None, **QUIET)


def _lay_out_evals(runs: EvalRuns) -> _EvalsParts:
    with gr.Column(elem_id="evals"):
        raw_html(
            "<h2>How good are the answers?</h2><p>Questions whose right answers are known are "
            "asked one after the other, and the answers are checked. You can keep asking your own "
            "questions meanwhile. A second run after a change, such as another model, tells "
            "whether the answers got better.</p>"
        )
        with gr.Row(elem_id="start-run", elem_classes=needs("run evaluations")):
            questions = gr.Dropdown(
                runs.question_sets(),
                value=_DEFAULT_SET,
                label="Questions",
                scale=2,
                min_width=200,
            )
            limit = gr.Number(
                _DEFAULT_LIMIT,
                label="How many",
                precision=0,
                minimum=1,
                maximum=_MAX_LIMIT,
                scale=1,
                min_width=140,
            )
            add_set = gr.UploadButton(
                "Add questions",
                file_types=[".jsonl", ".csv", ".tsv"],
                file_count="single",
                scale=0,
                min_width=160,
            )
            start = gr.Button("Start", variant="primary", scale=0, min_width=100)
            stop = gr.Button("Stop", variant="stop", visible=False, scale=0, min_width=100)
        with gr.Column(elem_classes=needs("run evaluations")):
            estimate = raw_html(elem_id="evals-estimate")
        status = raw_html(elem_id="evals-status")
        with gr.Row(elem_id="runs"):
            shown = gr.Dropdown([], label="Result", scale=3, min_width=260)
            before = gr.Dropdown([], label="Compare with an earlier result", scale=3, min_width=260)
        result = raw_html(_empty(), elem_id="evals-result")
    return _EvalsParts(
        questions, limit, add_set, start, stop, estimate, status, shown, before, result
    )


def _watch(runs: EvalRuns, parts: _EvalsParts) -> Iterator[Updates]:
    """Show the progress of the current run, whoever started it, and then its report."""
    if (run := runs.running) is None:
        return
    job = run.job
    yield {parts.status: progress_bar("Loading the model"), **_buttons(parts, running=True)}
    label, first, started = "", 0, time.monotonic()
    for progress in job.watch():
        if progress.label != label:  # another part of the job begins
            label, first, started = progress.label, progress.done, time.monotonic()
        done = progress.done - first
        left = (time.monotonic() - started) / done * (progress.total - progress.done) if done else 0
        yield {parts.status: _bar(progress, left)}
    try:
        job.result()
    except Cancelled:
        text = "The run was stopped. The answers so far are saved."
        yield {parts.status: error_note(text)}
    except AssistantError as error:
        yield {parts.status: error_note(str(error))}
    else:
        yield {parts.status: ""}
    yield {**_buttons(parts, running=False), **_runs_view(runs, parts)}


def _buttons(parts: _EvalsParts, *, running: bool) -> Updates:
    return {
        parts.start: gr.Button(visible=not running),
        parts.stop: gr.Button(visible=running),
    }


def _runs_view(runs: EvalRuns, parts: _EvalsParts) -> Updates:
    """Return the updates that list the saved runs and show the latest one."""
    choices = [(run.title, str(run.file)) for run in runs.stored()]
    latest = choices[0][1] if choices else None
    return {
        parts.shown: gr.Dropdown(choices=choices, value=latest, visible=bool(choices)),
        parts.before: gr.Dropdown(
            choices=[("Nothing", ""), *choices], value="", visible=len(choices) > 1
        ),
        parts.result: _result_html(runs, latest, ""),
    }


def _result_html(runs: EvalRuns, shown: str | None, before: str | None) -> str:
    """Return the report of a run, or its comparison with an earlier one, as HTML."""
    # The file names come from a browser: open only files of saved runs.
    files = {str(run.file) for run in runs.stored()}
    if shown is None or shown not in files:
        return _empty()
    try:
        run = Run.load(Path(shown))
        if before is not None and before in files:
            return comparison_view(compare(Run.load(Path(before)), run))
        return run_view(run)
    except AssistantError as error:
        return error_note(str(error))


def _empty() -> str:
    return str(Markup('<p class="empty">{}</p>').format(_NO_RUNS))


def _bar(progress: RunProgress, seconds_left: float) -> str:
    count = f"{progress.done:,} of {progress.total:,}"
    if seconds_left:
        count += f", {_about(seconds_left)} left"
    return progress_bar(progress.label, progress.done, progress.total, count)


def _estimate(runs: EvalRuns, model: str, count: int) -> str:
    seconds = runs.seconds_per_question(model)
    if seconds is None:
        text = "How long it takes is shown once the first questions are answered."
    else:
        text = f"{count:,} questions take {_about(seconds * count)} with this model."
    return str(Markup('<p class="saved">{}</p>').format(text))


def _about(seconds: float) -> str:
    """Return a duration in words, rounded up."""
    if seconds < 60:
        return "less than a minute"
    minutes = math.ceil(seconds / 60)
    if minutes < 90:
        return "about 1 minute" if minutes == 1 else f"about {minutes} minutes"
    return f"about {round(minutes / 60)} hours"
