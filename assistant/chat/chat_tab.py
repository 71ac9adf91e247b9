"""The chat tab: its layout, and what happens when its buttons are pressed."""

from collections.abc import Iterator

import gradio as gr

from assistant.chat.conversation import Exchange, converse
from assistant.chat.desk import Desk
from assistant.chat.examples import example_questions
from assistant.chat.frame import Frame, Updates
from assistant.chat.messages import Message, messages
from assistant.chat.scope_chip import scope_chip
from assistant.chat.sources import sources_panel
from assistant.library import EVERYTHING, Scope

# Fewer than the threads that Gradio works with, so that Stop always finds a free one. The model
# answers one question at a time anyway; the others wait for it with their evidence in view.
_QUESTIONS_AT_ONCE = 32

_QUESTION_CHARACTERS = 2000

_SHOW_LATEST_SOURCES = "() => document.getElementById('sources').scrollTo({top: 0})"

_TELL_CLICKS = """
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) trigger("click", {...button.dataset});
});
"""


def build_chat_tab(desk: Desk, frame: Frame) -> None:
    """Lay out the chat tab within the page."""
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=3, min_width=320, elem_id="conversation"):
            chatbot = _chatbot(example_questions(desk.assistant.papers()))
            chip = gr.HTML("", elem_id="scope", js_on_load=_TELL_CLICKS)
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
        typed: str,
        earlier: tuple[Exchange, ...],
        scope: Scope,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Yield what changes on the page while a question is being answered."""
        question = event.value["text"] if event.target is chatbot else typed
        if not question.strip():
            yield {box: ""}
            return
        shown = [message for exchange in earlier for message in messages(exchange)]
        panel = ""
        with desk.stops.answering(_session(request)) as stopping:
            yield {box: "", **buttons(pending=True)}
            first = Exchange(len(earlier) + 1, question.strip(), scope)
            for exchange in converse(desk.assistant, desk.loading, first, earlier, stopping):
                updates: Updates = {chatbot: [*shown, *messages(exchange)]}
                if (latest := sources_panel((*earlier, exchange))) != panel:
                    updates[sources] = panel = latest
                if not exchange.pending:
                    updates |= {exchanges: (*earlier, exchange), **buttons(pending=False)}
                yield updates

    def stop_answering(request: gr.Request) -> None:
        desk.stops.stop(_session(request))

    def start_again() -> tuple[list[Message], str, tuple[Exchange, ...]]:
        return [], sources_panel(()), ()

    asked = [send.click, box.submit, chatbot.example_select]
    gr.on(asked, js=_SHOW_LATEST_SOURCES, queue=False, show_progress="hidden")
    gr.on(
        # One event, not three: Gradio then lets a visitor ask one question at a time.
        asked,
        ask,
        [box, exchanges, frame.scope],
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
    frame.scope.change(
        lambda scope: scope_chip(scope, desk.assistant.library.catalogue),
        frame.scope,
        chip,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    chip.click(
        lambda: EVERYTHING,
        outputs=frame.scope,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
    frame.page.unload(stop_answering)


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


def _session(request: gr.Request) -> str:
    return request.session_hash or ""
