"""The components of the library tab and their layout."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.chat.library.literature.part import LiteratureParts, lay_out_literature
from assistant.chat.library.results.part import ResultsParts, lay_out_results
from assistant.chat.library.view_state import LibraryViewState
from assistant.chat.rights import needs
from assistant.chat.shell import Shell
from assistant.chat.uploads import PAPER_FILES
from assistant.chat.widgets.raw_html import CLICKS, FORMS, SAVE_ON_LEAVING, raw_html

SEARCH_CHARACTERS = 200
_REFERENCE_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class LibraryParts:
    """The components of the library tab.

    Attributes:
        search: the search box.
        years: the filter by year.
        sources: the filter by source.
        marks: the filter by tag, collection, note and reading mark.
        view: ``Table``, ``Map``, ``Literature table`` or ``Results``.
        drop: the area for uploads.
        reference: ids or addresses of papers to fetch.
        fetch: the button that fetches them.
        query: a search of arXiv.
        find: the button that starts it.
        search_results: the papers that it found, to choose from.
        searches: the saved searches.
        upload_status: the progress and report of what is added.
        notice: the latest removal, with Undo.
        selection: the bar with the number of selected papers.
        table: the papers as a table.
        map: the papers as a map.
        literature: the literature table.
        results: the results table.
        paper: the open paper.
        shown: the id of the open paper; empty if none is open.
        annotations: what the visitor noted about it.
        similar: papers similar to it.
        state: the visitor's `LibraryViewState`.
        removed: the papers that Undo puts back, as a tuple.
        found_papers: the papers that the latest search of arXiv found, as a tuple.
        download: a file for the browser to save, as `TextFile`.
    """

    search: gr.Textbox
    years: gr.Dropdown
    sources: gr.Dropdown
    marks: gr.Dropdown
    view: gr.Radio
    drop: gr.File
    reference: gr.Textbox
    fetch: gr.Button
    query: gr.Textbox
    find: gr.Button
    search_results: gr.HTML
    searches: gr.HTML
    upload_status: gr.HTML
    notice: gr.HTML
    selection: gr.HTML
    table: gr.HTML
    map: gr.HTML
    literature: LiteratureParts
    results: ResultsParts
    paper: gr.HTML
    shown: gr.State
    annotations: gr.HTML
    similar: gr.HTML
    state: gr.State
    removed: gr.State
    found_papers: gr.State
    download: gr.JSON

    @property
    def open_paper_outputs(self) -> list[Any]:
        """The components that show the open paper."""
        return [self.paper, self.shown, self.annotations, self.similar]

    def outputs(self, shell: Shell) -> list[Any]:
        """Return the components that most events may update."""
        return [
            self.state,
            self.selection,
            self.table,
            self.map,
            self.results.table,
            *self.open_paper_outputs,
            self.years,
            self.sources,
            self.marks,
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
                parts["marks"] = gr.Dropdown(
                    [],
                    multiselect=True,
                    label="Tags, collections",
                    visible=False,
                    scale=2,
                    min_width=170,
                )
                parts["view"] = gr.Radio(
                    ["Table", "Map", "Literature table", "Results"],
                    value="Table",
                    label="Show as",
                    scale=1,
                    min_width=470,
                )
            with gr.Accordion(
                "Add papers", open=False, elem_id="add-papers", elem_classes=needs("add papers")
            ):
                parts["drop"] = gr.File(
                    label="Files: PDF, BibTeX, RIS, CSV, JSON, text, zip and more",
                    file_count="multiple",
                    file_types=PAPER_FILES,
                    height=130,
                    elem_id="drop",
                )
                parts |= _online()
                parts["upload_status"] = raw_html(elem_id="upload-status")
            parts["notice"] = raw_html(scripts=[CLICKS], elem_id="library-notice")
            parts["selection"] = raw_html(scripts=[FORMS], elem_id="selection")
            parts["table"] = raw_html(scripts=[CLICKS, "library/table.js"], elem_id="papers-table")
            parts["map"] = raw_html(
                scripts=["library/map/map.js"], elem_id="papers-map", visible=False
            )
            parts["literature"] = lay_out_literature()
            parts["results"] = lay_out_results()
        with gr.Column(scale=2, min_width=320, elem_id="reader"):
            parts["paper"] = raw_html(scripts=[CLICKS, "library/reader.js"], elem_id="reader-panel")
            parts["annotations"] = raw_html(
                scripts=[FORMS, SAVE_ON_LEAVING, "library/annotations/annotations.js"],
                elem_id="annotations",
            )
            parts["similar"] = raw_html(scripts=[CLICKS], elem_id="similar")
    parts["shown"] = gr.State("")
    parts["state"] = gr.State(LibraryViewState())
    parts["removed"] = gr.State(())
    parts["found_papers"] = gr.State(())
    parts["download"] = gr.JSON(visible="hidden", elem_id="library-download")
    return LibraryParts(**parts)


def _online() -> dict[str, Any]:
    """Create the components that add papers from the network."""
    parts: dict[str, Any] = {}
    with gr.Row(elem_classes="online"):
        parts["reference"] = gr.Textbox(
            label="Or fetch by id or address",
            placeholder="arXiv id, DOI or link",
            max_length=_REFERENCE_CHARACTERS,
            scale=3,
            min_width=200,
        )
        parts["fetch"] = gr.Button("Fetch", scale=0, min_width=90)
        parts["query"] = gr.Textbox(
            label="Or search arXiv",
            placeholder="Words, or cat:cs.CL",
            max_length=_REFERENCE_CHARACTERS,
            scale=3,
            min_width=200,
        )
        parts["find"] = gr.Button("Search", scale=0, min_width=90, elem_id="find-online")
    parts["search_results"] = raw_html(scripts=[FORMS], elem_id="found")
    parts["searches"] = raw_html(scripts=[FORMS], elem_id="saved-searches")
    return parts
