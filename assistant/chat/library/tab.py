"""The library tab: its event handlers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, get_args

import gradio as gr

from assistant.chat.library.adding.add_and_remove import add_files, remove_papers, restore_papers
from assistant.chat.library.adding.add_online import fetch_abstract
from assistant.chat.library.adding.connect_online import connect_online
from assistant.chat.library.annotations.change import ORGANISING, change_annotations
from assistant.chat.library.annotations.filter import with_filter
from assistant.chat.library.export_papers import papers_file
from assistant.chat.library.layout import SEARCH_CHARACTERS, LibraryParts, lay_out_library
from assistant.chat.library.literature.part import connect_literature
from assistant.chat.library.open_paper import annotations_view, close_paper, open_paper
from assistant.chat.library.results.part import connect_results
from assistant.chat.library.view import (
    LITERATURE,
    MAP,
    RESULTS,
    TABLE,
    annotated_view,
    library_view,
    papers_view,
)
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.download import SAVE_FILE
from assistant.chat.widgets.event_fields import flag, number, text, texts
from assistant.chat.widgets.progress_bar import error_note, progress_bar
from assistant.errors import AssistantError
from assistant.library import Scope
from assistant.library.browse import BrowseQuery, Order, find_ids
from assistant.library.paper_map import load_map
from assistant.papers import Paper
from assistant.papers.references import styles_of_library

_FOCUS_QUESTION = (
    "() => setTimeout(() => document.querySelector('#question textarea')?.focus(), 150)"
)


def build_library_tab(app: AppState, shell: Shell) -> None:
    """Lay out the library tab and connect its events."""
    parts = lay_out_library()
    _connect_search(app, shell, parts)
    _connect_papers(app, shell, parts)
    _connect_actions(app, shell, parts)
    _connect_annotations(app, shell, parts)
    _connect_changes(app, shell, parts)
    connect_online(app, shell, parts)
    connect_literature(
        app,
        parts.literature,
        parts.state,
        lambda id_: {shell.opened: id_},
        shell.opened,
        [shell.page.load, parts.view.input],
    )
    connect_results(
        app,
        parts.results,
        [parts.state, parts.view],
        [*parts.outputs(shell), shell.opened],
        partial(papers_view, app, parts),
        lambda id_: {shell.opened: id_},
    )


def _connect_search(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect the search box, the filters and the switch between table and map."""

    def on_search(
        words: str,
        years: list[int] | None,
        sources: list[str] | None,
        marks: list[str] | None,
        state: LibraryViewState,
        view: str,
        request: gr.Request,
    ) -> Updates:
        state = state.of(request.username)
        scope = Scope(years=tuple(years or ()), sources=tuple(sources or ()))
        scope = with_filter(scope, marks or (), state.owner)
        listing = BrowseQuery(words[:SEARCH_CHARACTERS], scope, state.listing.order)
        return papers_view(app, parts, state.with_listing(listing), view)

    def on_view(state: LibraryViewState, view: str, request: gr.Request) -> Iterator[Updates]:
        yield {
            parts.table: gr.HTML(visible=view == TABLE),
            parts.map: gr.HTML(progress_bar("Drawing the map"), visible=True)
            if view == MAP
            else gr.HTML(visible=False),
            parts.literature.panel: gr.Column(visible=view == LITERATURE),
            parts.results.panel: gr.Column(visible=view == RESULTS),
            parts.results.table: progress_bar("Reading the numbers") if view == RESULTS else "",
        }
        yield papers_view(app, parts, state.of(request.username), view)

    inputs, outputs = [parts.state, parts.view], parts.outputs(shell)
    gr.on(
        # A textbox's input event is fired only by keys, not by pasting or cutting.
        [parts.search.change, parts.years.input, parts.sources.input, parts.marks.input],
        on_search,
        [parts.search, parts.years, parts.sources, parts.marks, *inputs],
        outputs,
        trigger_mode="always_last",
        **QUIET,
    )
    panels = [parts.literature.panel, parts.results.panel]
    parts.view.input(on_view, inputs, [*outputs, *panels], trigger_mode="always_last", **QUIET)


def _connect_papers(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect the table and the map: open, sort, page, select."""

    def on_table(
        event: gr.EventData, state: LibraryViewState, view: str, request: gr.Request
    ) -> Updates:
        state = state.of(request.username)
        match text(event, "action"):
            case "open":
                return open_paper(app, parts, text(event, "id"), state.owner)
            case "sort":
                orders = [order for order in get_args(Order) if order == text(event, "order")]
                listing = replace(state.listing, order=(*orders, state.listing.order)[0])
                return papers_view(app, parts, state.with_listing(listing), view)
            case "turn":
                page = number(event, "page") or state.page
                return papers_view(app, parts, replace(state, page=page), view)
        return {parts.paper: gr.skip()}

    def on_map(
        event: gr.EventData, state: LibraryViewState, view: str, request: gr.Request
    ) -> Updates:
        state = state.of(request.username)
        cluster = number(event, "cluster")
        if text(event, "action") == "cluster" and cluster is not None:
            members = load_map(app.assistant.library).papers_in(cluster)
            return papers_view(app, parts, state.with_selection(members), view)
        return open_paper(app, parts, text(event, "id"), state.owner)

    def on_opened(id_: str, request: gr.Request) -> Updates:
        """Open a paper that another tab asks for."""
        if not id_:
            return {shell.opened: gr.skip()}
        return {**open_paper(app, parts, id_, request.username or ""), shell.opened: ""}

    def on_tick(
        event: gr.EventData, state: LibraryViewState, view: str, request: gr.Request
    ) -> Updates:
        ids, selected = texts(event, "ids"), flag(event, "selected")
        state = state.of(request.username).with_ticks(ids, selected=selected)
        return papers_view(app, parts, state, view, ticked=True)

    inputs, outputs = [parts.state, parts.view], parts.outputs(shell)
    for component, handler in [(parts.table, on_table), (parts.map, on_map)]:
        component.click(handler, inputs, outputs, trigger_mode="multiple", **QUIET)
    opened = [*parts.open_paper_outputs, shell.opened]
    shell.opened.change(on_opened, shell.opened, opened, **QUIET)
    gr.on(
        [parts.table.select, parts.map.select],
        on_tick,
        inputs,
        [parts.state, parts.selection, parts.map],
        trigger_mode="multiple",
        **QUIET,
    )


def _connect_actions(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect the buttons of the selection bar and of the open paper."""

    def on_selection(
        event: gr.EventData, state: LibraryViewState, view: str, request: gr.Request
    ) -> Updates:
        state = state.of(request.username)
        catalogue = app.assistant.library.catalogue
        match text(event, "action"):
            case "ask":
                return shell.ask_about(state.scope(catalogue))
            case "all":
                selected = state.with_selection(find_ids(catalogue, state.listing))
                return papers_view(app, parts, selected, view)
            case "none":
                return papers_view(app, parts, state.with_selection(()), view)
            case "remove":
                ids = sorted(state.selected)
                return remove_papers(app, shell, parts, ids, state, view, request)
            case "export":
                ids = sorted(state.selected) or find_ids(catalogue, state.listing)
                annotated = catalogue.annotations.of(state.owner, ids)
                papers = catalogue.papers(ids)
                styles = styles_of_library(app.assistant.library.folder)
                file = papers_file(papers, text(event, "format"), annotated, styles)
                return {parts.download: file}
        return {parts.notice: gr.skip()}

    def on_paper(
        event: gr.EventData, state: LibraryViewState, view: str, request: gr.Request
    ) -> Updates:
        state, paper = state.of(request.username), text(event, "id")
        match text(event, "action"):
            case "ask":
                return shell.ask_about(Scope(papers=(paper,)))
            case "remove":
                return remove_papers(app, shell, parts, [paper], state, view, request)
            case "open":
                return open_paper(app, parts, paper, state.owner)
            case "fetch":
                return fetch_abstract(app, parts, paper, state.owner, request)
        return close_paper(parts)

    inputs = [parts.state, parts.view]
    outputs = [*parts.outputs(shell), *shell.chat_outputs, parts.download]
    for component, handler in [
        (parts.selection, on_selection),
        (parts.paper, on_paper),
        (parts.similar, on_paper),
    ]:
        done = component.click(handler, inputs, outputs, **QUIET)
        done.then(None, js=_FOCUS_QUESTION, **QUIET)
    parts.download.change(None, parts.download, js=SAVE_FILE)


def _connect_annotations(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect the controls that change annotations of the open paper and of the selected papers."""

    def change(ids: Sequence[str], event: gr.EventData, state: LibraryViewState) -> Updates:
        try:
            change_annotations(app, state.owner, ids, event)
        except AssistantError as error:
            return {parts.notice: error_note(str(error))}
        return {}

    def on_panel(
        event: gr.EventData, state: LibraryViewState, view: str, request: gr.Request
    ) -> Updates:
        state = state.of(request.username)
        paper, saved = text(event, "id"), text(event, "action") == "save-note"
        if failed := change([paper], event, state):
            return failed
        panel = annotations_view(app, parts, paper, state.owner, saved=saved)
        return {**panel, **annotated_view(app, parts, state, view)}

    def on_selection(
        event: gr.EventData, state: LibraryViewState, view: str, shown: str, request: gr.Request
    ) -> Updates:
        state = state.of(request.username)
        if text(event, "action") not in ORGANISING:
            return {parts.notice: gr.skip()}
        if failed := change(sorted(state.selected), event, state):
            return failed
        panel = annotations_view(app, parts, shown, state.owner)
        return {**panel, **annotated_view(app, parts, state, view)}

    outputs = parts.outputs(shell)
    both = [parts.state, parts.view]
    handlers: list[tuple[gr.HTML, Callable[..., Updates], list[Any]]] = [
        (parts.annotations, on_panel, both),
        (parts.selection, on_selection, [*both, parts.shown]),
    ]
    for component, handler, inputs in handlers:
        # "multiple", because saving a note when its field loses the focus must not drop the click
        # that caused it.
        gr.on(
            [component.click, component.submit],
            handler,
            inputs,
            outputs,
            trigger_mode="multiple",
            **QUIET,
        )


def _connect_changes(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect uploads and Undo, and show the library when the page loads."""

    def on_undo(papers: tuple[Paper, ...], request: gr.Request) -> Iterator[Updates]:
        yield from restore_papers(app, parts, papers, request)

    def on_upload(files: list[str] | None, request: gr.Request) -> Iterator[Updates]:
        yield from add_files(app, parts, files, request)

    def show_library(state: LibraryViewState, view: str, request: gr.Request) -> Updates:
        return library_view(app, shell, parts, state.of(request.username), view)

    inputs, outputs = [parts.state, parts.view], parts.outputs(shell)
    shell.page.load(show_library, inputs, outputs, **QUIET)
    for event in [
        parts.notice.click(on_undo, parts.removed, [parts.removed, parts.notice], **QUIET),
        parts.drop.upload(on_upload, parts.drop, [parts.drop, parts.upload_status], **QUIET),
    ]:
        # A second event, because the visitor may change the view while papers are added.
        event.then(show_library, inputs, outputs, **QUIET)
