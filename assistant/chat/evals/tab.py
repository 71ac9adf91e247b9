"""The evals tab: ask a question set, watch how it goes, see the report, compare two runs."""

from collections.abc import Iterator
from pathlib import Path

import gradio as gr
from markupsafe import Markup

from assistant.chat.evals.comparison_view import comparison_view
from assistant.chat.evals.runs import EvalRuns, Step
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.uploads import delete_upload
from assistant.chat.widgets.progress_bar import problem, progress_bar
from assistant.chat.widgets.raw_html import raw_html
from assistant.errors import AssistantError, Cancelled
from assistant.evaluation import Run, compare

_FIRST_SET = "sample"
_QUESTIONS_AT_FIRST = 20
_MOST_QUESTIONS = 1000
_NO_RUNS = "There are no runs yet. Start one: its report will be here."


def build_evals_tab(app: AppState, shell: Shell) -> None:
    """Lay out the evals tab within the page."""
    runs = EvalRuns(app.assistant.library.folder)
    with gr.Column(elem_id="evals"):
        raw_html(
            "<h2>How good are the answers?</h2><p>A question set has questions whose right answers "
            "are known. They are asked one after the other; you can go on asking your own.</p>"
        )
        with gr.Row(elem_id="starting"):
            questions = gr.Dropdown(
                runs.question_sets(),
                value=_FIRST_SET,
                label="Question set",
                scale=2,
                min_width=200,
            )
            limit = gr.Number(
                _QUESTIONS_AT_FIRST,
                label="Questions, the kinds in turn",
                precision=0,
                minimum=1,
                maximum=_MOST_QUESTIONS,
                scale=1,
                min_width=140,
            )
            own = gr.UploadButton(
                "Add a set",
                file_types=[".jsonl"],
                file_count="single",
                scale=0,
                min_width=130,
            )
            start = gr.Button("Start", variant="primary", scale=0, min_width=100)
            stop = gr.Button("Stop", variant="stop", visible=False, scale=0, min_width=100)
        told = raw_html(elem_id="evals-told")
        with gr.Row(elem_id="comparing"):
            shown = gr.Dropdown([], label="Run", scale=3, min_width=260)
            before = gr.Dropdown([], label="Compare with an earlier run", scale=3, min_width=260)
        result = raw_html(_empty(), elem_id="evals-result")

    def choices() -> list[tuple[str, str]]:
        return [(run.title, str(run.file)) for run in runs.kept()]

    def buttons(*, going_on: bool) -> Updates:
        return {start: gr.Button(visible=not going_on), stop: gr.Button(visible=going_on)}

    def listed(chosen: str | None = None) -> Updates:
        known = choices()
        files = [file for _, file in known]
        chosen = chosen if chosen in files else next(iter(files), None)
        return {
            shown: gr.Dropdown(choices=known, value=chosen, visible=bool(known)),
            before: gr.Dropdown(
                choices=[("Nothing", ""), *known], value="", visible=len(known) > 1
            ),
            result: see(chosen, ""),
        }

    def see(file: str | None, earlier: str | None) -> str:
        """Return the report of a run, or its comparison with an earlier one."""
        # Only files that are listed: the choice comes from a browser.
        known = {file for _, file in choices()}
        if file not in known:
            return _empty()
        try:
            run = Run.load(Path(file))
            if earlier in known:
                return comparison_view(compare(Run.load(Path(earlier)), run))
            return _report(run)
        except AssistantError as error:
            return problem(str(error))

    def begin(name: str, count: float | None) -> Iterator[Updates]:
        limit = int(count or _QUESTIONS_AT_FIRST)
        try:
            runs.start(app.assistant, name, limit)
        except AssistantError as error:
            yield {told: problem(str(error))}
            return
        yield from watching()

    def watching() -> Iterator[Updates]:
        """Show how the run goes, to whoever started it or came in the middle."""
        work = runs.going_on
        if work is None:
            return
        yield {told: progress_bar("Loading the model"), **buttons(going_on=True)}
        for step in work.watch():
            yield {told: _bar(step)}
        try:
            work.result()
        except Cancelled:
            yield {told: problem("The run was stopped. What was answered is kept.")}
        except AssistantError as error:
            yield {told: problem(str(error))}
        else:
            yield {told: ""}
        yield {**buttons(going_on=False), **listed()}

    def add_set(file: str) -> Updates:
        try:
            added = runs.add_set(Path(file))
        except AssistantError as error:
            return {told: problem(str(error))}
        finally:
            delete_upload(file)
        return {told: "", questions: gr.Dropdown(choices=runs.question_sets(), value=added)}

    def opened() -> Iterator[Updates]:
        yield {questions: gr.Dropdown(choices=runs.question_sets()), **listed()}
        yield from watching()

    def end() -> None:
        if runs.going_on is not None:
            runs.going_on.stop()

    everything = [questions, told, start, stop, shown, before, result]
    start.click(begin, [questions, limit], everything, concurrency_limit=None, **QUIET)
    own.upload(add_set, own, everything, **QUIET)
    stop.click(end, queue=False, **QUIET)
    gr.on([shown.input, before.input], see, [shown, before], result, **QUIET)
    shell.page.load(opened, None, everything, concurrency_limit=None, **QUIET)


def _empty() -> str:
    return str(Markup('<p class="empty">{}</p>').format(_NO_RUNS))


def _bar(step: Step) -> str:
    count = f"{step.done:,} of {step.total:,}"
    return progress_bar(step.doing, step.done, step.total, count)


def _report(run: Run) -> str:
    from assistant.evaluation.report.page import page

    # In an iframe of its own, which cannot reach the page: answers are shown there as they came.
    return str(
        Markup(
            '<iframe class="report-page" title="Report of the run" sandbox="allow-scripts" '
            'srcdoc="{}"></iframe>'
        ).format(page(run))
    )
