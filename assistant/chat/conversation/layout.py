"""The components of the chat tab and where they stand."""

from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from assistant.chat.conversation.html.sources_panel import sources_panel

QUESTION_CHARACTERS = 2000

# Buttons and forms of our own HTML say what they do in their `data-` attributes: the event carries
# these, and what was typed into the form.
_TELL = """
const tell = (node, typed) => trigger(node.dataset.on ?? "click", {...node.dataset, ...typed});
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) tell(button, {});
});
element.addEventListener("submit", (event) => {
  event.preventDefault();
  tell(event.target, Object.fromEntries(new FormData(event.target)));
  event.target.closest("details")?.removeAttribute("open");
});
element.addEventListener("keydown", (event) => {
  const form = event.target.closest("form[data-do]");
  if (!form || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
"""


@dataclass(frozen=True, slots=True)
class ChatParts:
    """The components of the chat tab.

    Attributes:
        address: the id of the open conversation, which the page's address carries too; empty
            before the first question.
        search: what the list of conversations is searched for.
        listing: the conversations.
        bar: above the open conversation.
        past: all exchanges but the latest.
        live: the latest exchange, or what stands there before the first.
        notice: what was just done, and how to undo it.
        chip: what the next question is limited to.
        box: where the question is typed.
        send: asks.
        stop: stops the answer.
        sources: the papers behind the answers.
        download: a file that the browser is to save, as `TextFile`.
        new: begins a new conversation.
    """

    address: gr.Textbox
    search: gr.Textbox
    listing: gr.HTML
    bar: gr.HTML
    past: gr.HTML
    live: gr.HTML
    notice: gr.HTML
    chip: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    sources: gr.HTML
    download: gr.JSON
    new: gr.Button

    @property
    def all(self) -> list[Any]:
        """Every component, as outputs of an event."""
        return [getattr(self, field.name) for field in fields(self)]


def lay_out_chat() -> ChatParts:
    """Make the components of the chat tab in their places."""
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=1, min_width=200, elem_id="history"):
            parts["new"] = gr.Button("New conversation", size="sm", elem_id="new")
            parts["search"] = gr.Textbox(
                placeholder="Search conversations",
                label="Search conversations",
                show_label=False,
                container=False,
                elem_id="history-search",
            )
            parts["listing"] = _html("history-list")
        with gr.Column(scale=3, min_width=320, elem_id="conversation"):
            parts["bar"] = _html("bar")
            with gr.Column(elem_id="chat"):
                parts["past"] = _html("past")
                parts["live"] = _html("live")
            parts["notice"] = _html("notice")
            parts["chip"] = _html("scope")
            with gr.Row(elem_id="asking"):
                parts["box"] = _question_box()
                parts["send"] = gr.Button("Send", variant="primary", scale=0, min_width=88)
                parts["stop"] = gr.Button(
                    "Stop",
                    variant="stop",
                    visible=False,
                    scale=0,
                    min_width=88,
                    elem_id="stop",
                )
        with gr.Column(scale=2, min_width=320, elem_id="sources"):
            parts["sources"] = gr.HTML(sources_panel(()), elem_id="sources-panel")
    parts["address"] = gr.Textbox(visible="hidden", label="Open conversation", elem_id="address")
    parts["download"] = gr.JSON(visible="hidden", elem_id="download")
    return ChatParts(**parts)


def _html(elem_id: str) -> gr.HTML:
    return gr.HTML("", elem_id=elem_id, js_on_load=_TELL, apply_default_css=False)


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        placeholder="Ask about the papers",
        label="Question",
        show_label=False,
        container=False,
        autofocus=True,
        lines=1,
        max_lines=6,
        max_length=QUESTION_CHARACTERS,
        elem_id="question",
    )
