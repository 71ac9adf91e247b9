"""The library tab: its event handlers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import gradio as gr

from assistant.chat.library.add_and_remove import add_files, remove_papers, restore_papers
from assistant.chat.library.layout import SEARCH_CHARACTERS, LibraryParts, lay_out_library
from assistant.chat.library.paper_view import paper_view
from assistant.chat.library.view import MAP, library_view, papers_view
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.event_fields import flag, number, text, texts
from assistant.chat.widgets.progress_bar import progress_bar
from assistant.library import Scope
from assistant.library.browse import BrowseQuery, Order, find_ids
from assistant.library.paper_map import load_map
from assistant.papers import Paper

_FOCUS_QUESTION = (
    "() => setTimeout(() => document.querySelector('#question textarea')?.focus(), 150)"
)


def build_library_tab(app: AppState, shell: Shell) -> None:
    """Lay out the library tab and connect its events."""
    parts = lay_out_library()
    _connect_search(app, shell, parts)
    _connect_papers(app, shell, parts)
    _connect_actions(app, shell, parts)
    _connect_changes(app, shell, parts)


def _connect_search(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect the search box, the filters and the switch between table and map."""

    def on_search(
        words: str,
        years: list[int] | None,
        sources: list[str] | None,
        state: LibraryViewState,
        view: str,
    ) -> Updates:
        scope = Scope(years=tuple(years or ()), sources=tuple(sources or ()))
        listing = BrowseQuery(words[:SEARCH_CHARACTERS], scope, state.listing.order)
        return papers_view(app, parts, state.with_listing(listing), view)

    def on_view(state: LibraryViewState, view: str) -> Iterator[Updates]:
        is_map = view == MAP
        yield {
            parts.table: gr.HTML(visible=not is_map),
            parts.map: gr.HTML(progress_bar("Drawing the map"), visible=True)
            if is_map
            else gr.HTML(visible=False),
        }
        yield papers_view(app, parts, state, view)

    inputs, outputs = [parts.state, parts.view], parts.outputs(shell)
    gr.on(
        # A textbox's input event is fired only by keys, not by pasting or cutting.
        [parts.search.change, parts.years.input, parts.sources.input],
        on_search,
        [parts.search, parts.years, parts.sources, *inputs],
        outputs,
        trigger_mode="always_last",
        **QUIET,
    )
    parts.view.input(on_view, inputs, outputs, trigger_mode="always_last", **QUIET)


def _connect_papers(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect the table and the map: open, sort, page, select."""

    def on_table(event: gr.EventData, state: LibraryViewState, view: str) -> Updates:
        match text(event, "action"):
            case "open":
                return {parts.paper: paper_view(_find_paper(app, text(event, "id")))}
            case "sort":
                orders = [order for order in get_args(Order) if order == text(event, "order")]
                listing = replace(state.listing, order=(*orders, state.listing.order)[0])
                return papers_view(app, parts, state.with_listing(listing), view)
            case "turn":
                page = number(event, "page") or state.page
                return papers_view(app, parts, replace(state, page=page), view)
        return {}

    def on_map(event: gr.EventData, state: LibraryViewState, view: str) -> Updates:
        cluster = number(event, "cluster")
        if text(event, "action") == "cluster" and cluster is not None:
            members = load_map(app.assistant.library).papers_in(cluster)
            return papers_view(app, parts, state.with_selection(members), view)
        return {parts.paper: paper_view(_find_paper(app, text(event, "id")))}

    def on_opened(id_: str) -> Updates:
        """Open a paper that another tab asks for."""
        if not id_:
            return {shell.opened: gr.skip()}
        return {parts.paper: paper_view(_find_paper(app, id_)), shell.opened: ""}

    def on_tick(event: gr.EventData, state: LibraryViewState, view: str) -> Updates:
        state = state.with_ticks(texts(event, "ids"), selected=flag(event, "selected"))
        return papers_view(app, parts, state, view, ticked=True)

    inputs, outputs = [parts.state, parts.view], parts.outputs(shell)
    for component, handler in [(parts.table, on_table), (parts.map, on_map)]:
        component.click(handler, inputs, outputs, trigger_mode="multiple", **QUIET)
    shell.opened.change(on_opened, shell.opened, [parts.paper, shell.opened], **QUIET)
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
        return {}

    def on_paper(
        event: gr.EventData, state: LibraryViewState, view: str, request: gr.Request
    ) -> Updates:
        paper = text(event, "id")
        match text(event, "action"):
            case "ask":
                return shell.ask_about(Scope(papers=(paper,)))
            case "remove":
                return remove_papers(app, shell, parts, [paper], state, view, request)
        return {parts.paper: paper_view(None)}

    inputs, outputs = [parts.state, parts.view], [*parts.outputs(shell), *shell.chat_outputs]
    for component, handler in [(parts.selection, on_selection), (parts.paper, on_paper)]:
        component.click(handler, inputs, outputs, **QUIET).then(None, js=_FOCUS_QUESTION, **QUIET)


def _connect_changes(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect uploads and Undo, and show the library when the page loads."""

    def on_undo(papers: tuple[Paper, ...], request: gr.Request) -> Iterator[Updates]:
        yield from restore_papers(app, parts, papers, request)

    def on_upload(files: list[str] | None, request: gr.Request) -> Iterator[Updates]:
        yield from add_files(app, parts, files, request)

    def show_library(state: LibraryViewState, view: str) -> Updates:
        return library_view(app, shell, parts, state, view)

    inputs, outputs = [parts.state, parts.view], parts.outputs(shell)
    shell.page.load(show_library, inputs, outputs, **QUIET)
    for event in [
        parts.notice.click(on_undo, parts.removed, [parts.removed, parts.notice], **QUIET),
        parts.drop.upload(on_upload, parts.drop, [parts.drop, parts.upload_status], **QUIET),
    ]:
        # A second event, because the visitor may change the view while papers are added.
        event.then(show_library, inputs, outputs, **QUIET)


def _find_paper(app: AppState, id_: str) -> Paper | None:
    return next(iter(app.assistant.library.catalogue.papers([id_])), None)
