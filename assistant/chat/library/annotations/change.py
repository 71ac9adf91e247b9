"""Change the annotations of papers in response to an event of the page."""

from collections.abc import Sequence

import gradio as gr

from assistant.chat.state import AppState
from assistant.chat.widgets.event_fields import text, texts
from assistant.library.annotations import KINDS

ORGANISING = ("add-label", "remove-label", "read")
"""The actions of the menu that changes all selected papers."""


def change_annotations(
    app: AppState, owner: str, paper_ids: Sequence[str], event: gr.EventData
) -> None:
    """Apply an event of the annotation panel, or of the menu for the selected papers.

    Args:
        app: the state of the page.
        owner: whose annotations to change.
        paper_ids: the ids of the papers.
        event: a click or a submitted form.

    Raises:
        LibraryError: the library cannot be written.
    """
    annotations = app.assistant.library.catalogue.annotations
    kind = next((one for one in KINDS if one == text(event, "kind")), None)
    action = text(event, "action")
    if action == "add-label" and kind is not None:
        for name in texts(event, "name"):
            annotations.label(owner, kind, name, paper_ids)
    elif action == "remove-label" and kind is not None:
        annotations.unlabel(owner, kind, text(event, "name"), paper_ids)
    elif action == "read":
        annotations.mark_read(owner, paper_ids, read=bool(text(event, "read")))
    elif action == "save-note":
        for note in texts(event, "note"):
            for paper_id in paper_ids:
                annotations.save_note(owner, paper_id, note)
