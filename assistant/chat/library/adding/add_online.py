"""Add papers from the network: by id or address, from a search, from saved searches."""

from collections.abc import Callable, Iterator

import gradio as gr

from assistant.chat.jobs.background_job import BackgroundJob
from assistant.chat.library.adding.add_and_remove import recorded, with_progress
from assistant.chat.library.adding.upload_report import upload_report
from assistant.chat.library.found_view import found_view, saved_searches_view
from assistant.chat.library.layout import LibraryParts
from assistant.chat.library.open_paper import close_paper, open_paper
from assistant.chat.rights import check_right
from assistant.chat.shell import Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.event_fields import text, texts
from assistant.chat.widgets.progress_bar import error_note, progress_bar
from assistant.errors import AssistantError
from assistant.library import AddReport, PaperProgress
from assistant.papers import Paper
from assistant.papers.identity.identifiers import valid_arxiv_id, valid_doi
from assistant.sources import (
    ARXIV,
    Search,
    add_search,
    fetch,
    get_saved_searches,
    record_run,
    remove_search,
    save_search,
    saved_searches,
)

# The number of results to choose from. A saved search adds up to the number it was saved with.
_PREVIEWED = 20
_SAVED_LIMIT = 100


def add_references(
    app: AppState, parts: LibraryParts, written: str, request: gr.Request
) -> Iterator[Updates]:
    """Add papers by id or web address; yield the progress, then the report."""
    references = [_with_prefix(one) for one in written.replace(",", " ").split()]
    if not references:
        return

    def add(on_progress: Callable[[PaperProgress], None]) -> AddReport:
        return app.assistant.library.add(fetch(references), on_progress)

    adding = recorded(app, request, add)
    report = yield from with_progress(adding, parts.upload_status, "Fetching the papers")
    if report is not None:
        yield {parts.upload_status: upload_report(report), parts.reference: ""}


def search_online(
    app: AppState, parts: LibraryParts, query: str, request: gr.Request
) -> Iterator[Updates]:
    """Search arXiv, if the visitor may; yield the progress, then the results to choose from."""
    if not query.strip():
        return
    try:
        check_right(app, request, "add papers")
    except AssistantError as error:
        yield {parts.search_results: error_note(str(error))}
        return
    yield {parts.search_results: progress_bar("Searching arXiv")}
    job: BackgroundJob[None, list[Paper]] = BackgroundJob(lambda _: _results(query))
    try:
        papers = job.result()
    except AssistantError as error:
        yield {parts.search_results: error_note(str(error))}
        return
    known = {paper.id for paper in app.assistant.library.catalogue.papers([p.id for p in papers])}
    yield {
        parts.found_papers: tuple(papers),
        parts.search_results: found_view(query, papers, known),
    }


def add_found(
    app: AppState,
    parts: LibraryParts,
    papers: tuple[Paper, ...],
    event: gr.EventData,
    request: gr.Request,
) -> Iterator[Updates]:
    """Add the chosen results of a search; yield the progress, then the report."""
    wanted = set(texts(event, "id"))
    chosen = [paper for paper in papers if paper.id in wanted]
    if not chosen:
        return

    adding = recorded(app, request, lambda report: app.assistant.library.add(chosen, report))
    report = yield from with_progress(adding, parts.upload_status, "Adding the papers")
    if report is not None:
        yield {parts.upload_status: upload_report(report), parts.search_results: ""}


def change_searches(
    app: AppState, parts: LibraryParts, event: gr.EventData, request: gr.Request
) -> Iterator[Updates]:
    """Save, run or remove a search; yield the progress."""
    folder, name = app.assistant.library.folder, text(event, "name")
    try:
        check_right(app, request, "add papers")
        match text(event, "action"):
            case "save-search":
                save_search(folder, Search(ARXIV, text(event, "query"), _SAVED_LIMIT))
            case "remove-search":
                remove_search(folder, name)
            case "run-search":
                yield from _run(app, parts, name, request)
    except AssistantError as error:
        yield {parts.upload_status: error_note(str(error))}
        return
    yield {parts.searches: saved_searches_html(app)}


def fetch_abstract(
    app: AppState, parts: LibraryParts, id_: str, owner: str, request: gr.Request
) -> Updates:
    """Fetch the abstract of a paper; return the updates that show it, or why it is missing."""
    paper = next(iter(app.assistant.library.catalogue.papers([id_])), None)
    if paper is None or not (paper.arxiv_id or paper.doi):
        return close_paper(parts)
    reference = f"arxiv:{paper.arxiv_id}" if paper.arxiv_id else f"doi:{paper.doi}"
    try:
        check_right(app, request, "add papers")
        app.assistant.library.add(fetch([reference]))
    except AssistantError as error:
        return {parts.notice: error_note(str(error))}
    return {parts.notice: "", **open_paper(app, parts, id_, owner)}


def saved_searches_html(app: AppState) -> str:
    """Return the HTML of the library's saved searches."""
    try:
        return saved_searches_view(saved_searches(app.assistant.library.folder))
    except AssistantError as error:
        return error_note(str(error))


def _run(app: AppState, parts: LibraryParts, name: str, request: gr.Request) -> Iterator[Updates]:
    library = app.assistant.library
    [saved] = get_saved_searches(library.folder, [name])

    def add(on_progress: Callable[[PaperProgress], None]) -> AddReport:
        report = add_search(library, saved.search, newest_first=True, on_progress=on_progress)
        record_run(library.folder, name)
        return AddReport((report.report,))

    adding = recorded(app, request, add)
    report = yield from with_progress(adding, parts.upload_status, f"Running {name}")
    if report is not None:
        yield {parts.upload_status: upload_report(report)}


def _results(query: str) -> list[Paper]:
    from assistant.sources.searches.search import result_pages

    page = next(result_pages(Search(ARXIV, query, _PREVIEWED)))
    return [record for record in page.records if isinstance(record, Paper)]


def _with_prefix(reference: str) -> str:
    """Return a bare arXiv id or DOI with its prefix, anything else as it is."""
    if ":" in reference:
        return reference
    if valid_arxiv_id(reference):
        return f"arxiv:{reference}"
    return f"doi:{reference}" if valid_doi(reference) else reference
