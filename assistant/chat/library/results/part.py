"""The results table in the library tab: its components and event handlers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.chat.library.results.results_table import empty_table, results_table
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.shell import QUIET, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.download import SAVE_FILE, TextFile
from assistant.chat.widgets.event_fields import number, text
from assistant.chat.widgets.raw_html import CLICKS, raw_html
from assistant.errors import AssistantError
from assistant.library.results import Result
from assistant.library.results.export import render_results
from assistant.library.results.find import ORDERS

_WORDS_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class ResultsParts:
    """The components of the results table.

    Attributes:
        panel: contains the others.
        words: the filter by words.
        csv: the button that saves the shown results as CSV.
        table: the table.
        download: a file for the browser to save, as `TextFile`.
    """

    panel: gr.Column
    words: gr.Textbox
    csv: gr.Button
    table: gr.HTML
    download: gr.JSON


def lay_out_results() -> ResultsParts:
    """Create the components, hidden."""
    with gr.Column(visible=False, elem_id="results") as panel:
        with gr.Row(elem_classes="online"):
            words = gr.Textbox(
                label="Search the numbers",
                placeholder="accuracy ImageNet, speed, parameters",
                max_length=_WORDS_CHARACTERS,
                scale=3,
                min_width=220,
            )
            csv = gr.Button("Save as CSV", scale=0, min_width=150)
        table = raw_html(scripts=[CLICKS], elem_id="results-table")
        download = gr.JSON(visible="hidden", elem_id="results-download")
    return ResultsParts(panel, words, csv, table, download)


def results_html(app: AppState, state: LibraryViewState) -> str:
    """Return the HTML of the results of the selected papers, or of the listed ones."""
    try:
        return results_table(_found(app, state), state.results)
    except AssistantError as error:
        return empty_table(str(error))


def connect_results(
    app: AppState,
    parts: ResultsParts,
    inputs: Sequence[Any],
    outputs: Sequence[Any],
    show: Callable[[LibraryViewState, str], Updates],
    open_paper: Callable[[str], Updates],
) -> None:
    """Connect the events.

    Args:
        app: the state of the page.
        parts: the components.
        inputs: the visitor's `LibraryViewState` and the chosen view.
        outputs: the components that `show` and `open_paper` update.
        show: returns the updates that show a state.
        open_paper: returns the updates that open a paper beside the table.
    """

    def on_words(words: str, state: LibraryViewState, view: str, request: gr.Request) -> Updates:
        state = state.of(request.username)
        query = replace(state.results, words=words[:_WORDS_CHARACTERS], page=1)
        return show(replace(state, results=query), view)

    def on_table(
        event: gr.EventData, state: LibraryViewState, view: str, request: gr.Request
    ) -> Updates:
        state = state.of(request.username)
        match text(event, "action"):
            case "open":
                return open_paper(text(event, "id"))
            case "sort":
                for order in ORDERS:
                    if order == text(event, "order"):
                        state = replace(state, results=state.results.sorted_by(order))
            case "turn":
                page = number(event, "page") or state.results.page
                state = replace(state, results=replace(state.results, page=page))
        return show(state, view)

    def on_save(state: LibraryViewState, _: str) -> TextFile | None:
        try:
            found = _found(app, state)
        except AssistantError:
            return None  # the table says why
        return {"name": "results.csv", "text": "".join(render_results(found, "csv"))}

    parts.words.change(
        on_words, [parts.words, *inputs], [*outputs], trigger_mode="always_last", **QUIET
    )
    parts.table.click(on_table, [*inputs], [*outputs], trigger_mode="multiple", **QUIET)
    parts.csv.click(on_save, [*inputs], parts.download, **QUIET)
    parts.download.change(None, parts.download, js=SAVE_FILE)


def _found(app: AppState, state: LibraryViewState) -> list[Result]:
    library = app.assistant.library
    papers = library.catalogue.papers(state.chosen_ids(library.catalogue))
    return state.results.apply(library.results.of(papers))
