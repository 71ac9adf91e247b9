"""What the chat tab shows of a conversation."""

from collections.abc import Sequence

import gradio as gr
from markupsafe import Markup

from assistant.chat.conversation.examples import example_questions
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import saved_exchanges
from assistant.chat.conversation.html.history import conversation_bar, history
from assistant.chat.conversation.html.sources_panel import sources_panel
from assistant.chat.conversation.html.thread import thread, welcome
from assistant.chat.conversation.layout import ChatParts
from assistant.chat.shell import Updates
from assistant.chat.state import AppState


def owner_of(request: gr.Request) -> str:
    """Return whose conversations a visitor sees: by name if the chat asks for one."""
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
    """Return the updates that show a conversation, or a new one if there is none of its owner's.

    While the visitor is being answered, the question that goes on and the buttons stay as they are.
    """
    owner = owner_of(request)
    exchanges = exchanges_of(app, owner, address)
    updates = {**listing_view(app, parts, owner, address, search), parts.notice: notice}
    if exchanges and app.stops.is_answering(request.session_hash or ""):
        # The one that goes on was begun last; what was put back may stand behind it.
        going_on = max(exchanges, key=lambda one: one.number)
        past = [one for one in exchanges if one is not going_on]
        sources = sources_panel((*past, going_on))
        return {**updates, parts.past: thread(past), parts.sources: sources}
    return {**updates, **thread_view(app, parts, exchanges), **buttons(parts, pending=False)}


def listing_view(app: AppState, parts: ChatParts, owner: str, address: str, search: str) -> Updates:
    """Return the updates that name the open conversation and list the others."""
    conversation = app.conversations.find(owner, address)
    current = conversation.id if conversation else ""
    return {
        parts.address: current,
        parts.bar: conversation_bar(conversation),
        parts.listing: history(app.conversations.all(owner, search), current, search),
    }


def thread_view(app: AppState, parts: ChatParts, exchanges: Sequence[Exchange]) -> Updates:
    """Return the updates that show exchanges and their sources, the latest apart."""
    return {
        parts.past: thread(exchanges[:-1]),
        parts.live: thread(exchanges[-1:]) if exchanges else greeting(app),
        parts.sources: sources_panel(exchanges),
    }


def greeting(app: AppState) -> str:
    """Return what a new conversation shows: questions to ask, or how to add papers."""
    return welcome(example_questions(app.assistant.papers()))


def buttons(parts: ChatParts, *, pending: bool) -> Updates:
    """Return the updates that offer Stop while an answer is pending, and Send else."""
    return {
        parts.send: gr.Button(visible=not pending),
        parts.stop: gr.Button(visible=pending),
    }


def done(said: str, removal: str = "") -> str:
    """Return a notice's HTML, escaped.

    Args:
        said: what was done.
        removal: what undoes it, if it can be undone.
    """
    undo = Markup('<button type="button" data-do="undo" data-removal="{}">Undo</button>')
    return str(
        Markup('<div class="toast" role="status"><span>{}</span>{}</div>').format(
            said, undo.format(removal) if removal else ""
        )
    )
