"""Add papers to the library and remove them, from the page."""

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TypeAlias

import gradio as gr

from assistant.chat.jobs.background_job import BackgroundJob
from assistant.chat.library.adding.upload_report import upload_report
from assistant.chat.library.layout import LibraryParts
from assistant.chat.library.open_paper import close_paper
from assistant.chat.library.selection_bar import removed_notice
from assistant.chat.library.view import library_view
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.rights import check_adding, check_removal, record, record_added
from assistant.chat.shell import Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.uploads import add_uploads, delete_upload
from assistant.chat.widgets.progress_bar import error_note, progress_bar
from assistant.errors import AssistantError
from assistant.library import EVERYTHING, AddReport, PaperProgress
from assistant.papers import Paper

AddPapers: TypeAlias = Callable[[Callable[[PaperProgress], None]], AddReport]


def remove_papers(
    app: AppState,
    shell: Shell,
    parts: LibraryParts,
    ids: Sequence[str],
    state: LibraryViewState,
    view: str,
    request: gr.Request,
) -> Updates:
    """Remove papers, if the visitor may; return the updates that show it and offer Undo."""
    library = app.assistant.library
    papers = tuple(library.catalogue.papers(ids))
    try:
        check_removal(app, request, ids)
        library.remove(ids, keep_pdfs=True)  # for Undo
    except AssistantError as error:
        return {parts.notice: error_note(str(error))}
    record(app, request, "remove papers", papers=list(ids))
    state = state.with_selection(state.selected - set(ids))
    return {
        parts.removed: papers,
        parts.notice: removed_notice(len(papers)),
        **close_paper(parts),
        **library_view(app, shell, parts, state, view),
    }


def restore_papers(
    app: AppState, parts: LibraryParts, papers: tuple[Paper, ...], request: gr.Request
) -> Iterator[Updates]:
    """Put back the papers that the visitor removed last; yield the progress."""
    library = app.assistant.library
    report = yield from with_progress(
        lambda on_progress: library.add(papers, on_progress), parts.notice, "Restoring the papers"
    )
    if report is not None:  # after an error, the papers are kept for another try
        record(app, request, "restore papers", papers=[paper.id for paper in papers])
        yield {parts.removed: (), parts.notice: ""}


def add_files(
    app: AppState, parts: LibraryParts, files: list[str] | None, request: gr.Request
) -> Iterator[Updates]:
    """Add uploaded files, if the visitor may; yield the progress, then the report."""
    if not files:
        return
    try:
        check_adding(app, request)
    except AssistantError as error:
        for file in files:
            delete_upload(file)
        yield {parts.drop: gr.File(value=None), parts.upload_status: error_note(str(error))}
        return
    yield {parts.drop: gr.File(interactive=False)}
    report = yield from with_progress(
        recorded(app, request, lambda report: add_uploads(app.assistant, files, report)),
        parts.upload_status,
        "Adding the papers",
    )
    yield {
        parts.drop: gr.File(value=None, interactive=True),
        **({parts.upload_status: upload_report(report)} if report else {}),
    }


def recorded(app: AppState, request: gr.Request, add: AddPapers) -> AddPapers:
    """Return a function that adds papers, if the visitor may, and records who added them."""

    def add_and_record(on_progress: Callable[[PaperProgress], None]) -> AddReport:
        check_adding(app, request)
        catalogue = app.assistant.library.catalogue
        with app.adding:  # papers that appear meanwhile are the visitor's
            before = set(catalogue.ids_in(EVERYTHING))
            try:
                return add(on_progress)
            finally:
                if new := set(catalogue.ids_in(EVERYTHING)) - before:
                    record_added(app, request, new)

    return add_and_record


def with_progress(
    add: AddPapers, output: gr.HTML, label: str
) -> Generator[Updates, None, AddReport | None]:
    """Run ``add`` with a progress bar; return the report, or None if it failed."""
    job: BackgroundJob[PaperProgress, AddReport] = BackgroundJob(add)
    yield {output: progress_bar(label)}
    for progress in job.watch():
        count = f"{progress.done:,} of {progress.total:,}"
        yield {output: progress_bar(label, progress.done, progress.total, count)}
    try:
        return job.result()
    except AssistantError as error:
        yield {output: error_note(str(error))}
        return None
