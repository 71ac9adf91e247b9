"""The updates that show a conversation in the chat tab."""

from collections.abc import Sequence

import gradio as gr
from markupsafe import Markup

from assistant.chat.conversation.examples import example_questions
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import saved_exchanges
from assistant.chat.conversation.html.history import conversation_bar, history_list
from assistant.chat.conversation.html.sources_panel import sources_panel
from assistant.chat.conversation.html.thread import thread, welcome
from assistant.chat.conversation.layout import ChatParts
from assistant.chat.shell import Updates
from assistant.chat.state import AppState


def owner_of(request: gr.Request) -> str:
    """Return the visitor's login name, which owns their conversations; empty without logins."""
    return request.username or ""


def exchanges_of(app: AppState, owner: str, address: str) -> tuple[Exchange, ...]:
    """Return the exchanges of an owner's conversation; none if there is no such conversation."""
    if app.conversations.find(owner, address) is None:
        return ()
    return saved_exchanges(app.conversations, address)


def conversation_view(
    app: AppState,
    parts: ChatParts,
    request: gr.Request,
    address: str,
    search: str,
    notice: str = "",
) -> Updates:
    """Return the updates that show a conversation, or a new one if the owner has none of that id.

    While the visitor's question is being answered, its exchange and the buttons are left alone.
    """
    owner = owner_of(request)
    exchanges = exchanges_of(app, owner, address)
    updates = {**history_view(app, parts, owner, address, search), parts.notice: notice}
    if exchanges and app.stop_events.is_answering(request.session_hash or ""):
        # The running exchange has the highest number; a restored one may follow it by position.
        running = max(exchanges, key=lambda exchange: exchange.number)
        past = [exchange for exchange in exchanges if exchange is not running]
        sources = sources_panel((*past, running))
        return {**updates, parts.past: thread(past), parts.sources: sources}
    return {**updates, **thread_view(app, parts, exchanges), **buttons(parts, pending=False)}


def history_view(app: AppState, parts: ChatParts, owner: str, address: str, search: str) -> Updates:
    """Return the updates of the conversation's title and of the list of conversations."""
    conversation = app.conversations.find(owner, address)
    current = conversation.id if conversation else ""
    return {
        parts.address: current,
        parts.bar: conversation_bar(conversation),
        parts.history: history_list(app.conversations.all(owner, search), current, search),
    }


def thread_view(app: AppState, parts: ChatParts, exchanges: Sequence[Exchange]) -> Updates:
    """Return the updates that show exchanges and their sources."""
    return {
        parts.past: thread(exchanges[:-1]),
        parts.live: thread(exchanges[-1:]) if exchanges else welcome_view(app),
        parts.sources: sources_panel(exchanges),
    }


def welcome_view(app: AppState) -> str:
    """Return the HTML of a new conversation: example questions, or how to add papers."""
    return welcome(example_questions(app.assistant.papers()))


def buttons(parts: ChatParts, *, pending: bool) -> Updates:
    """Return the updates that show Stop while an answer is pending, else Send."""
    return {
        parts.send: gr.Button(visible=not pending),
        parts.stop: gr.Button(visible=pending),
    }


def toast(text: str, removal: str = "") -> str:
    """Return a notice's HTML, escaped.

    Args:
        text: what was done.
        removal: the id of the removal that Undo restores; empty without Undo.
    """
    undo = Markup('<button type="button" data-action="undo" data-removal="{}">Undo</button>')
    return str(
        Markup('<div class="toast" role="status"><span>{}</span>{}</div>').format(
            text, undo.format(removal) if removal else ""
        )
    )
