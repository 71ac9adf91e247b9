"""The components that all tabs of the page share, and the way from a tab to the chat."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import gradio as gr

from assistant.library import Scope

Updates: TypeAlias = dict[Any, Any]
"""New values of components, by component."""

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Arguments of an event without Gradio's progress display and without a public API."""

CHAT = "chat"
"""The id of the chat tab."""

SAVED = "saved"
"""The id of the tab with the saved answers."""

LIBRARY = "library"
"""The id of the library tab."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The parts of the page around the tabs.

    Attributes:
        page: the whole page.
        tabs: the row of tabs; two of their ids are `CHAT` and `LIBRARY`.
        opened: the id of the paper that the library is to open. The library shows every change.
        scope: the `Scope` of the visitor's next questions. The chat shows every change of it.
        header: the header's HTML. A tab that changes the papers or the model updates it.
        answer_settings: the model and the abstention at the question box. The chat lays it out; the
            settings tab handles its events and updates it.
        model_status: the line on a model that is loading or failed to load. A tab that changes the
            model updates it.
    """

    page: gr.Blocks
    tabs: gr.Tabs
    opened: gr.Textbox
    scope: gr.State
    header: gr.HTML
    answer_settings: gr.HTML
    model_status: gr.HTML

    @property
    def chat_outputs(self) -> list[Any]:
        """The outputs of an event that uses `ask_about`. The event has to be queued."""
        return [self.scope, self.tabs]

    def open_paper(self, id_: str) -> Updates:
        """Return the updates of `opened` and `tabs` that open a paper in the library."""
        return {self.opened: id_, self.tabs: gr.Tabs(selected=LIBRARY)}

    def ask_about(self, scope: Scope) -> Updates:
        """Return the updates that open the chat and limit the next questions to a scope."""
        return {self.scope: scope, self.tabs: gr.Tabs(selected=CHAT)}
