"""The literature table in the library tab: its components and event handlers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.answering.table.export import render_table
from assistant.answering.table.extract import parse_columns
from assistant.chat.library.literature.cell_edits import edit_cell, edited_cells, with_edits
from assistant.chat.library.literature.filling import TableFilling
from assistant.chat.library.literature.table_view import table_view
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.rights import check_right, needs, use_questions
from assistant.chat.shell import QUIET, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.download import SAVE_FILE
from assistant.chat.widgets.event_fields import text
from assistant.chat.widgets.progress_bar import error_note, progress_bar
from assistant.chat.widgets.raw_html import raw_html
from assistant.chat.widgets.show_errors import show_errors
from assistant.errors import AssistantError, Cancelled

_DEFAULT_COLUMNS = "method, data, result"
_COLUMNS_CHARACTERS = 300
_STOPPED = "Stopped. The finished rows are kept: Fill continues with the others."


@dataclass(frozen=True, slots=True)
class LiteratureParts:
    """The components of the literature table.

    Attributes:
        panel: contains the others.
        columns: the names of the columns, separated by commas.
        fill: the button that fills the table.
        stop: the button that stops it.
        csv: the button that saves it as CSV.
        md: the button that saves it as Markdown.
        status: the progress, or an error.
        table: the table.
        download: a file for the browser to save, as `TextFile`.
    """

    panel: gr.Column
    columns: gr.Textbox
    fill: gr.Button
    stop: gr.Button
    csv: gr.Button
    md: gr.Button
    status: gr.HTML
    table: gr.HTML
    download: gr.JSON

    @property
    def outputs(self) -> list[Any]:
        """The components that filling updates."""
        return [self.fill, self.stop, self.csv, self.md, self.status, self.table]


def lay_out_literature() -> LiteratureParts:
    """Create the components, hidden."""
    with gr.Column(visible=False, elem_id="literature") as panel:
        with gr.Row(elem_classes="online"):
            columns = gr.Textbox(
                _DEFAULT_COLUMNS,
                label="Columns",
                max_length=_COLUMNS_CHARACTERS,
                scale=3,
                min_width=220,
            )
            may_fill = needs("fill tables")
            fill = gr.Button(
                "Fill",
                variant="primary",
                scale=0,
                min_width=90,
                elem_id="literature-fill",
                elem_classes=may_fill,
            )
            stop = gr.Button(
                "Stop", variant="stop", visible=False, scale=0, min_width=90, elem_classes=may_fill
            )
            csv = gr.Button("Save as CSV", visible=False, scale=0, min_width=130)
            md = gr.Button("Save as Markdown", visible=False, scale=0, min_width=160)
        status = raw_html(elem_id="literature-status")
        table = raw_html(
            table_view(None, {}),
            scripts=["library/literature/cells.js"],
            elem_id="literature-table",
        )
        download = gr.JSON(visible="hidden", elem_id="literature-download")
    return LiteratureParts(panel, columns, fill, stop, csv, md, status, table, download)


def connect_literature(
    app: AppState,
    parts: LiteratureParts,
    state: gr.State,
    open_paper: Callable[[str], Updates],
    paper: gr.Textbox,
    shown: Sequence[Any],
) -> None:
    """Connect the events.

    Args:
        app: the state of the page.
        parts: the components.
        state: the visitor's `LibraryViewState`: the table has its selected or listed papers.
        open_paper: returns the updates that open a paper beside the table.
        paper: the component that they update, which names the paper to open.
        shown: the events after which the latest table is shown, and followed if it is being filled.
    """
    filling = TableFilling()
    folder = app.assistant.library.folder

    def on_fill(columns: str, view: LibraryViewState, request: gr.Request) -> Iterator[Updates]:
        catalogue = app.assistant.library.catalogue
        papers = [one for one in catalogue.papers(view.chosen_ids(catalogue)) if one.abstract]
        try:
            check_right(app, request, "fill tables")
            if not filling.running:  # otherwise the visitor follows someone else's
                use_questions(app, request, len(papers))
            filling.start(app.assistant, parse_columns(columns), papers)
        except AssistantError as error:
            yield {parts.status: error_note(str(error))}
            return
        yield from watch()

    def watch() -> Iterator[Updates]:
        """Show the rows of a running or finished table, whoever started it."""
        job = filling.job
        if job is None:
            yield {parts.status: ""}
            return
        yield _buttons(parts, running=True)
        for filled in job.watch():
            count = f"{len(filled.rows):,} of {filled.total:,}"
            yield {
                parts.status: progress_bar("Filling rows", len(filled.rows), filled.total, count),
                parts.table: table_view(filled, edited_cells(folder)),
            }
        status = ""
        try:
            job.result()
        except Cancelled:
            status = error_note(_STOPPED)
        except AssistantError as error:
            status = error_note(str(error))
        yield {
            **_buttons(parts, running=False),
            parts.status: status,
            parts.table: table_view(job.latest, edited_cells(folder)),
        }

    @show_errors
    def on_stop(request: gr.Request) -> None:
        check_right(app, request, "fill tables")
        if filling.job is not None:
            filling.job.stop()

    @show_errors
    def on_edit(event: gr.EventData, request: gr.Request) -> None:
        check_right(app, request, "fill tables")
        filled = filling.job.latest if filling.job is not None else None
        paper, column = text(event, "paper"), text(event, "column")
        # Only cells that are shown: otherwise a browser could fill the disk.
        if filled and column in filled.columns and paper in {row.paper.id for row in filled.rows}:
            edit_cell(folder, paper, column, text(event, "text"))

    def on_open(event: gr.EventData) -> Updates:
        return open_paper(text(event, "id"))

    def save(as_format: str) -> dict[str, str] | None:
        filled = filling.job.latest if filling.job is not None else None
        if filled is None:
            return None
        edits = edited_cells(folder)
        rows = [with_edits(row, filled.columns, edits) for row in filled.rows]
        content = "".join(render_table(rows, filled.columns, as_format))
        return {"name": f"literature.{as_format}", "text": content}

    gr.on(
        [parts.fill.click, parts.columns.submit],
        on_fill,
        [parts.columns, state],
        parts.outputs,
        concurrency_limit=None,
        **QUIET,
    )
    gr.on([*shown], watch, None, parts.outputs, concurrency_limit=None, **QUIET)
    parts.stop.click(on_stop, queue=False, **QUIET)
    parts.table.submit(on_edit, queue=False, **QUIET)
    parts.table.click(on_open, None, paper, **QUIET)
    parts.csv.click(lambda: save("csv"), None, parts.download, **QUIET)
    parts.md.click(lambda: save("md"), None, parts.download, **QUIET)
    parts.download.change(None, parts.download, js=SAVE_FILE)


def _buttons(parts: LiteratureParts, *, running: bool) -> Updates:
    return {
        parts.fill: gr.Button(visible=not running),
        parts.stop: gr.Button(visible=running),
        parts.csv: gr.Button(visible=not running),
        parts.md: gr.Button(visible=not running),
    }
