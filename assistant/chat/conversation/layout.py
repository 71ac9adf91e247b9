"""The components of the chat tab and their layout."""

from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from assistant.answering.question.validate import MAX_CHARACTERS
from assistant.chat.conversation.html.sources_panel import sources_panel
from assistant.chat.conversation.mention.part import lay_out_mentions
from assistant.chat.shell import Shell
from assistant.chat.widgets.raw_html import CLICKS, raw_html

_EVENTS = "conversation/events.js"
_HISTORY_EVENTS = "conversation/history.js"


@dataclass(frozen=True, slots=True)
class ChatParts:
    """The components of the chat tab.

    Attributes:
        address: the id of the open conversation, as in the page's URL; empty before the first
            question.
        revision: the `revision_of` the conversation that the page shows.
        following: the numbers of the exchanges whose answers the page should follow.
        search: the search text for the list of conversations.
        history: the list of conversations.
        bar: the title and menu of the open conversation.
        past: all exchanges but the latest.
        live: the latest exchange, or the welcome.
        notice: what was just done, and how to undo it.
        chip: the scope of the next question.
        mentions: the list of papers and collections that ``@`` in the question box can refer to.
        box: the question box.
        send: the button that asks.
        stop: the button that stops the answer.
        sources: the papers behind the answers.
        download: a file for the browser to save, as `TextFile`.
        new: the button that starts a new conversation.
    """

    address: gr.Textbox
    revision: gr.Textbox
    following: gr.Textbox
    search: gr.Textbox
    history: gr.HTML
    bar: gr.HTML
    past: gr.HTML
    live: gr.HTML
    notice: gr.HTML
    chip: gr.HTML
    mentions: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    sources: gr.HTML
    download: gr.JSON
    new: gr.Button

    @property
    def all(self) -> list[Any]:
        """Every component, as the outputs of an event."""
        return [getattr(self, field.name) for field in fields(self)]


def lay_out_chat(shell: Shell) -> ChatParts:
    """Create the components of the chat tab, and lay out the shell's ``answer_settings``."""
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
            parts["history"] = raw_html(scripts=[_EVENTS, _HISTORY_EVENTS], elem_id="history-list")
        with gr.Column(scale=3, min_width=320, elem_id="conversation"):
            parts["bar"] = _html("bar")
            with gr.Column(elem_id="chat"):
                parts["past"] = _html("past")
                parts["live"] = _html("live")
            parts["notice"] = _html("notice")
            parts["chip"] = _html("scope")
            parts["mentions"] = lay_out_mentions()
            with gr.Row(elem_id="composer"):
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
            shell.answer_settings.render()  # type: ignore[no-untyped-call]  # of Gradio
        with gr.Column(scale=2, min_width=320, elem_id="sources"):
            parts["sources"] = raw_html(
                sources_panel(()), scripts=[CLICKS], elem_id="sources-panel"
            )
    parts["address"] = gr.Textbox(visible="hidden", label="Open conversation", elem_id="address")
    parts["revision"] = gr.Textbox(visible="hidden", label="Revision", elem_id="revision")
    parts["following"] = gr.Textbox(visible="hidden", label="Following", elem_id="following")
    parts["download"] = gr.JSON(visible="hidden", elem_id="download")
    return ChatParts(**parts)


def _html(elem_id: str) -> gr.HTML:
    return raw_html(scripts=[_EVENTS], elem_id=elem_id)


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        placeholder="Ask about the papers, or type @ to name one",
        label="Question",
        show_label=False,
        container=False,
        autofocus=True,
        lines=1,
        max_lines=6,
        max_length=MAX_CHARACTERS,
        elem_id="question",
    )
