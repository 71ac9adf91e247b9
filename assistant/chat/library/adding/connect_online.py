"""The event handlers of the controls that add papers from the network."""

from collections.abc import Iterator

import gradio as gr

from assistant.chat.library.adding.add_online import (
    add_found,
    add_references,
    change_searches,
    saved_searches_html,
    search_online,
)
from assistant.chat.library.layout import LibraryParts
from assistant.chat.library.view import library_view
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.papers import Paper


def connect_online(app: AppState, shell: Shell, parts: LibraryParts) -> None:
    """Connect the controls that add papers from the network."""

    def on_fetch(reference: str, request: gr.Request) -> Iterator[Updates]:
        yield from add_references(app, parts, reference, request)

    def on_find(query: str, request: gr.Request) -> Iterator[Updates]:
        yield from search_online(app, parts, query, request)

    def on_found(
        papers: tuple[Paper, ...], event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:
        yield from add_found(app, parts, papers, event, request)

    def on_search(event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        yield from change_searches(app, parts, event, request)

    def show_library(state: LibraryViewState, view: str, request: gr.Request) -> Updates:
        return library_view(app, shell, parts, state.of(request.username), view)

    outputs = [
        *(
            parts.upload_status,
            parts.reference,
            parts.search_results,
            parts.found_papers,
            parts.searches,
        ),
    ]
    changes = [
        gr.on(
            [parts.fetch.click, parts.reference.submit], on_fetch, parts.reference, outputs, **QUIET
        ),
        parts.search_results.submit(on_found, parts.found_papers, outputs, **QUIET),
        gr.on(
            [parts.search_results.click, parts.searches.click], on_search, None, outputs, **QUIET
        ),
    ]
    gr.on([parts.find.click, parts.query.submit], on_find, parts.query, outputs, **QUIET)
    for change in changes:
        change.then(show_library, [parts.state, parts.view], parts.outputs(shell), **QUIET)
    shell.page.load(lambda: saved_searches_html(app), None, parts.searches, **QUIET)
