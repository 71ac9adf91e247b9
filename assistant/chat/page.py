"""The layout of the chat page, and what happens when its buttons are pressed.

Importing this module imports Gradio, which takes seconds: import it where the page is needed.
"""

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.answering import Assistant
from assistant.chat.conversation import Exchange, converse
from assistant.chat.examples import example_questions
from assistant.chat.loading import Loading
from assistant.chat.messages import Message, messages
from assistant.chat.sources import sources_panel
from assistant.chat.stops import Stops

_FOLDER = Path(__file__).parent

# Fewer than the threads that Gradio works with, so that Stop always finds a free one. The model
# answers one question at a time anyway; the others wait for it with their evidence in view.
_QUESTIONS_AT_ONCE = 32

_QUESTION_CHARACTERS = 2000

_SHOW_LATEST_SOURCES = "() => document.getElementById('sources').scrollTo({top: 0})"

Updates = dict[Any, Any]
"""New values of components, by component."""


def appearance() -> dict[str, Any]:
    """Return the arguments for ``Blocks.launch`` that give the page its look."""
    return {
        # Fonts of the system only: a page that calls nobody must not fetch any.
        "theme": gr.themes.Base(
            primary_hue="teal",
            neutral_hue="slate",
            font=[gr.themes.Font("system-ui"), gr.themes.Font("sans-serif")],
            font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
        ).set(
            # The theme's own teal is too light for white letters on it.
            button_primary_background_fill="*primary_700",
            button_primary_background_fill_hover="*primary_800",
            button_primary_background_fill_dark="*primary_700",
            button_primary_background_fill_hover_dark="*primary_600",
        ),
        "css_paths": [_FOLDER / "style.css"],
        "js": (_FOLDER / "citations.js").read_text(encoding="utf-8"),
        "footer_links": [],
    }


def build_page(assistant: Assistant, loading: Loading | None = None) -> gr.Blocks:
    """Return the chat page of an assistant; launch it with its `appearance`.

    Args:
        assistant: answers the questions.
        loading: of its model; by default the first question begins it.
    """
    loading = loading or Loading(assistant.load)
    stops = Stops()

    page = gr.Blocks(title="Paper assistant", analytics_enabled=False, fill_width=True)
    with page:
        # A function: it is called at each visit, and the library may have grown.
        gr.HTML(lambda: _header(assistant), elem_id="header")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, min_width=320, elem_id="conversation"):
                chatbot = _chatbot(example_questions(assistant.papers()))
                with gr.Row(elem_id="asking"):
                    box = _question_box()
                    send = gr.Button("Send", variant="primary", scale=0, min_width=88)
                    stop = gr.Button("Stop", variant="stop", visible=False, scale=0, min_width=88)
                clear = gr.Button("Clear", size="sm", scale=0, elem_id="clear")
            with gr.Column(scale=2, min_width=320, elem_id="sources"):
                sources = gr.HTML(sources_panel(()), elem_id="sources-panel")
        exchanges = gr.State(())

    def buttons(*, pending: bool) -> Updates:
        return {
            send: gr.Button(visible=not pending),
            stop: gr.Button(visible=pending),
            clear: gr.Button(interactive=not pending),
        }

    def ask(
        typed: str, earlier: tuple[Exchange, ...], event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:
        """Yield what changes on the page while a question is being answered."""
        question = event.value["text"] if event.target is chatbot else typed
        if not question.strip():
            yield {box: ""}
            return
        shown = [message for exchange in earlier for message in messages(exchange)]
        panel = ""
        with stops.answering(_session(request)) as stopping:
            yield {box: "", **buttons(pending=True)}
            for exchange in converse(assistant, loading, question, earlier, stopping):
                updates: Updates = {chatbot: [*shown, *messages(exchange)]}
                if (latest := sources_panel((*earlier, exchange))) != panel:
                    updates[sources] = panel = latest
                if not exchange.pending:
                    updates |= {exchanges: (*earlier, exchange), **buttons(pending=False)}
                yield updates

    def stop_answering(request: gr.Request) -> None:
        stops.stop(_session(request))

    def start_again() -> tuple[list[Message], str, tuple[Exchange, ...]]:
        return [], sources_panel(()), ()

    with page:
        asked = [send.click, box.submit, chatbot.example_select]
        gr.on(asked, js=_SHOW_LATEST_SOURCES, queue=False, show_progress="hidden")
        gr.on(
            # One event, not three: Gradio then lets a visitor ask one question at a time.
            asked,
            ask,
            [box, exchanges],
            [chatbot, sources, exchanges, box, send, stop, clear],
            show_progress="hidden",
            concurrency_limit=_QUESTIONS_AT_ONCE,
            api_visibility="private",
        )
        stop.click(stop_answering, queue=False, show_progress="hidden", api_visibility="private")
        clear.click(
            start_again,
            outputs=[chatbot, sources, exchanges],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
        page.unload(stop_answering)
    return page


def _chatbot(examples: list[str]) -> gr.Chatbot:
    return gr.Chatbot(
        show_label=False,
        placeholder="<h2>What do your papers say?</h2>Every answer shows where it comes from.",
        examples=[{"text": example} for example in examples],
        elem_id="chat",
        height=None,
        layout="bubble",
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
        feedback_options=None,
        group_consecutive_messages=False,
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        placeholder="Ask about the papers",
        label="Question",
        show_label=False,
        container=False,
        autofocus=True,
        lines=1,
        max_lines=6,
        max_length=_QUESTION_CHARACTERS,
        elem_id="question",
    )


def _header(assistant: Assistant) -> str:
    count = assistant.library.catalogue.count()
    about = " · ".join(
        [
            f"{count:,} {'paper' if count == 1 else 'papers'}",
            PurePath(assistant.settings.model).name,
            "everything stays on this machine",
        ]
    )
    return str(Markup("<h1>Paper assistant</h1><p>{}</p>").format(about))


def _session(request: gr.Request) -> str:
    return request.session_hash or ""
