"""The tab with the saved answers: its components and event handlers."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.chat.conversation.view import owner_of, toast
from assistant.chat.saved.markdown import saved_answers_markdown
from assistant.chat.saved.saved_list import PAGE_SIZE, cited_ids, saved_list
from assistant.chat.shell import QUIET, Shell, Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.download import SAVE_FILE
from assistant.chat.widgets.event_fields import MAX_CHARACTERS, number, text, texts
from assistant.chat.widgets.raw_html import CLICKS, FORMS, SAVE_ON_LEAVING, raw_html
from assistant.chat.widgets.show_errors import show_errors

_UNQUEUED: dict[str, Any] = {"queue": False, **QUIET}


@dataclass(frozen=True, slots=True)
class _SavedParts:
    """The components of the tab.

    Attributes:
        search: the words to search for.
        export: the button that exports the answers that are found.
        notice: what was just done, and how to undo it.
        answers: one page of the answers that are found.
        page: the number of that page, from 1.
        download: a file for the browser to save, as `TextFile`.
    """

    search: gr.Textbox
    export: gr.Button
    notice: gr.HTML
    answers: gr.HTML
    page: gr.State
    download: gr.JSON


def build_saved_tab(app: AppState, shell: Shell, tab: gr.Tab) -> None:
    """Lay out the tab and connect its events."""
    parts = _lay_out_saved()
    store = app.conversations.saved_answers

    def view(search: str, page: int, request: gr.Request, notice: str = "") -> Updates:
        owner = owner_of(request)
        found = store.find(owner, search[:MAX_CHARACTERS])
        page = max(1, min(page, -(-len(found) // PAGE_SIZE)))
        start = (page - 1) * PAGE_SIZE
        answers = store.get(owner, found[start : start + PAGE_SIZE])
        with_pdf = app.assistant.library.catalogue.pdfs.of(cited_ids(answers))
        html = saved_list(
            answers,
            start + 1,
            len(found),
            searched=bool(search.strip()),
            with_pdf=with_pdf.keys(),
        )
        return {parts.answers: html, parts.page: page, parts.notice: notice}

    @show_errors
    def on_show(search: str | None, page: int, request: gr.Request) -> Updates:
        # As the page loads, a field that was not shown yet has no value.
        return view(search or "", page, request)

    @show_errors
    def on_search(search: str, request: gr.Request) -> Updates:
        return view(search, 1, request)

    @show_errors
    def on_click(search: str, page: int, event: gr.EventData, request: gr.Request) -> Updates:
        """Turn the page, open a paper, or remove an answer."""
        match text(event, "action"):
            case "turn":
                return view(search, number(event, "page") or page, request)
            case "open":
                return shell.open_paper(text(event, "id"))
            case "remove":
                removal = store.remove(owner_of(request), number(event, "id") or 0)
                notice = toast("The answer is no longer saved.", removal)
                return view(search, page, request, notice)
        return {parts.notice: gr.skip()}

    @show_errors
    def on_note(event: gr.EventData, request: gr.Request) -> Updates:
        """Save a note. The answers are not drawn again: opened sources stay open."""
        for note in texts(event, "note"):
            store.save_note(owner_of(request), number(event, "id") or 0, note)
        return {parts.notice: toast("The note is saved.")}

    @show_errors
    def on_undo(search: str, page: int, event: gr.EventData, request: gr.Request) -> Updates:
        restored = app.conversations.restore(text(event, "removal"))
        notice = "" if restored else toast("It is too late to undo this.")
        return view(search, page, request, notice)

    @show_errors
    def on_export(search: str, request: gr.Request) -> Updates:
        owner = owner_of(request)
        found = store.get(owner, store.find(owner, search[:MAX_CHARACTERS]))
        if not found:
            return {parts.notice: toast("There is nothing to export.")}
        file = {"name": "saved-answers.md", "text": saved_answers_markdown(found)}
        return {parts.download: file}

    shown = [parts.answers, parts.page, parts.notice]
    inputs = [parts.search, parts.page]
    shell.page.load(on_show, inputs, shown, **_UNQUEUED)
    tab.select(on_show, inputs, shown, **_UNQUEUED)
    parts.search.change(on_search, parts.search, shown, trigger_mode="always_last", **_UNQUEUED)
    parts.answers.click(on_click, inputs, [*shown, shell.opened, shell.tabs], **_UNQUEUED)
    # "multiple", because saving a note when its field loses the focus must not drop the next one.
    parts.answers.submit(on_note, None, parts.notice, trigger_mode="multiple", **_UNQUEUED)
    parts.notice.click(on_undo, inputs, shown, **_UNQUEUED)
    outputs = [parts.download, parts.notice]
    parts.export.click(on_export, parts.search, outputs, **_UNQUEUED).then(
        None, parts.download, js=SAVE_FILE
    )


def _lay_out_saved() -> _SavedParts:
    with gr.Column(elem_id="saved"):
        raw_html("<h2>Saved answers</h2>")
        with gr.Row(elem_id="saved-bar"):
            search = gr.Textbox(
                placeholder="Search questions, answers and notes",
                label="Search saved answers",
                show_label=False,
                container=False,
                scale=1,
                min_width=220,
                elem_id="saved-search",
            )
            export = gr.Button(
                "Export as Markdown", scale=0, min_width=180, size="sm", elem_id="saved-export"
            )
        notice = raw_html(scripts=[CLICKS], elem_id="saved-notice")
        answers = raw_html(scripts=[FORMS, SAVE_ON_LEAVING], elem_id="saved-answers")
    download = gr.JSON(visible="hidden", elem_id="saved-download")
    return _SavedParts(search, export, notice, answers, gr.State(1), download)
