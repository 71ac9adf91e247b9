"""The components that the tabs of one page share, and how one tab leads to the chat."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import gradio as gr

from assistant.library import Scope

Updates: TypeAlias = dict[Any, Any]
"""New values of components, by component."""

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Arguments of an event that shows its progress itself, if at all, and is only the page's."""

CHAT = "chat"
"""The id of the chat's tab."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What a tab finds on the page around it.

    Attributes:
        page: the whole page.
        tabs: of the page; the chat's has the id `CHAT`.
        scope: the `Scope` of the visitor's next questions. The chat shows it whenever it changes.
        head: the header's HTML; a tab that changes the papers or the model updates it.
        model: what is said of the model while it loads, or if it cannot be loaded; a tab that
            changes the model updates it.
    """

    page: gr.Blocks
    tabs: gr.Tabs
    scope: gr.State
    head: gr.HTML
    model: gr.HTML

    @property
    def to_chat(self) -> list[Any]:
        """The outputs of a queued event that leads to the chat."""
        return [self.scope, self.tabs]

    def ask_about(self, scope: Scope) -> Updates:
        """Return the updates of `to_chat` that open the chat with its questions limited so."""
        return {self.scope: scope, self.tabs: gr.Tabs(selected=CHAT)}
