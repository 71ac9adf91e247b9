"""The components of the library tab and their layout."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.chat.library.paper_view import paper_view
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.shell import Shell
from assistant.chat.uploads import PAPER_FILES
from assistant.chat.widgets.raw_html import CLICKS, raw_html

SEARCH_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class LibraryParts:
    """The components of the library tab.

    Attributes:
        search: the search box.
        years: the filter by year.
        sources: the filter by source.
        view: ``Table`` or ``Map``.
        drop: the area for uploads.
        upload_status: the progress and report of an upload.
        notice: the latest removal, with Undo.
        selection: the bar with the number of selected papers.
        table: the papers as a table.
        map: the papers as a map.
        paper: the open paper.
        state: the visitor's `LibraryViewState`.
        removed: the papers that Undo puts back, as a tuple.
    """

    search: gr.Textbox
    years: gr.Dropdown
    sources: gr.Dropdown
    view: gr.Radio
    drop: gr.File
    upload_status: gr.HTML
    notice: gr.HTML
    selection: gr.HTML
    table: gr.HTML
    map: gr.HTML
    paper: gr.HTML
    state: gr.State
    removed: gr.State

    def outputs(self, shell: Shell) -> list[Any]:
        """Return the components that most events may update."""
        return [
            self.state,
            self.selection,
            self.table,
            self.map,
            self.paper,
            self.years,
            self.sources,
            self.notice,
            self.removed,
            shell.header,
        ]


def lay_out_library() -> LibraryParts:
    """Create the components of the library tab."""
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="library"):
        with gr.Column(scale=3, min_width=320, elem_id="papers"):
            with gr.Row(elem_id="filters"):
                parts["search"] = gr.Textbox(
                    label="Search the papers",
                    placeholder="Words in the title or abstract",
                    max_length=SEARCH_CHARACTERS,
                    scale=3,
                    min_width=220,
                )
                parts["years"] = gr.Dropdown(
                    [], multiselect=True, label="Years", scale=1, min_width=130
                )
                parts["sources"] = gr.Dropdown(
                    [], multiselect=True, label="Sources", scale=2, min_width=170
                )
                parts["view"] = gr.Radio(["Table", "Map"], value="Table", label="Show as", scale=1)
            with gr.Accordion("Add papers", open=False, elem_id="add-papers"):
                parts["drop"] = gr.File(
                    label="Drop files here: PDF, BibTeX, RIS, CSV, JSON, text, zip and more",
                    file_count="multiple",
                    file_types=PAPER_FILES,
                    height=130,
                    elem_id="drop",
                )
                parts["upload_status"] = raw_html(elem_id="upload-status")
            parts["notice"] = raw_html(scripts=[CLICKS], elem_id="library-notice")
            parts["selection"] = raw_html(scripts=[CLICKS], elem_id="selection")
            parts["table"] = raw_html(scripts=[CLICKS, "library/table.js"], elem_id="papers-table")
            parts["map"] = raw_html(scripts=["library/map.js"], elem_id="papers-map", visible=False)
        with gr.Column(scale=2, min_width=320, elem_id="reader"):
            parts["paper"] = raw_html(
                paper_view(None), scripts=[CLICKS, "library/reader.js"], elem_id="reader-panel"
            )
    parts["state"] = gr.State(LibraryViewState())
    parts["removed"] = gr.State(())
    return LibraryParts(**parts)
