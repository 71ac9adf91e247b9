"""Asking on the page: which question is meant, and what is shown while it is being answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.chat.chat_layout import QUESTION_CHARACTERS, ChatParts
from assistant.chat.chat_view import (
    buttons,
    done,
    exchanges_of,
    listing_view,
    owner_of,
    thread_view,
)
from assistant.chat.conversation import Exchange, converse
from assistant.chat.desk import Desk
from assistant.chat.frame import Updates
from assistant.chat.saved import save, save_new
from assistant.chat.scope_chip import scope_in_words
from assistant.chat.sources import sources_panel
from assistant.chat.thread import thread
from assistant.chat.tools import settings_for
from assistant.errors import AssistantError
from assistant.library import Scope


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a visitor wants to be asked.

    Attributes:
        question: as typed.
        instead_of: the exchange that it replaces, with all that follow.
        way: in which a question is asked again; see `settings_for`.
    """

    question: str
    instead_of: Exchange | None = None
    way: str = ""


def ask(
    desk: Desk,
    parts: ChatParts,
    typed: str,
    address: str,
    search: str,
    scope: Scope,
    event: gr.EventData,
    request: gr.Request,
) -> Iterator[Updates]:
    """Yield what changes on the page while a question is being answered.

    Args:
        desk: what the page works with.
        parts: of the chat tab.
        typed: what stands in the question box.
        address: of the open conversation.
        search: what the list of conversations is searched for.
        scope: the papers that may answer.
        event: a click on Send, or on something in the thread that asks.
        request: of the visitor.
    """
    owner = owner_of(request)
    earlier = exchanges_of(desk, owner, address)
    wish = _wish(parts, typed, event, earlier)
    if not wish.question:
        yield {parts.box: ""}
        return
    catalogue = desk.assistant.library.catalogue
    exchange = Exchange(
        wish.question,
        position=earlier[-1].position + 1 if earlier else 1,
        scope=scope,
        limited_to=scope_in_words(scope, catalogue) if scope else "",
    )
    try:
        notice = ""
        if not earlier and desk.conversations.find(owner, address) is None:
            address = desk.conversations.start(owner, wish.question).id
        if wish.instead_of is not None:
            position = wish.instead_of.position
            removal = desk.conversations.remove_exchanges(address, position, after=True)
            notice = done("The earlier answer was replaced.", removal)
            earlier = tuple(one for one in earlier if one.position < position)
            exchange = Exchange(
                wish.question, position=position, scope=scope, limited_to=exchange.limited_to
            )
        exchange = save_new(desk.conversations, address, exchange)
    except AssistantError as error:
        failed = Exchange(wish.question, stage="failed", problem=str(error))
        yield thread_view(desk, parts, (*earlier, failed))
        return
    with desk.stops.answering(request.session_hash or "") as stopping:
        yield {
            **thread_view(desk, parts, (*earlier, exchange)),
            **listing_view(desk, parts, owner, address, search),
            **buttons(parts, pending=True),
            parts.box: "",
            parts.notice: notice,
        }
        settings = settings_for(wish.way, desk.assistant.settings)
        assistant = desk.assistant.with_settings(settings)
        panel, kept = "", 0
        try:
            for latest in converse(assistant, desk.loading, desk.line, exchange, earlier, stopping):
                exchange = latest
                if len(exchange.sentences) > kept:
                    kept = len(exchange.sentences)
                    save(desk.conversations, exchange)
                if not exchange.pending:
                    save(desk.conversations, exchange)
                updates: Updates = {parts.live: thread([exchange])}
                if (newer := sources_panel((*earlier, exchange))) != panel:
                    updates[parts.sources] = panel = newer
                if not exchange.pending:
                    updates |= buttons(parts, pending=False)
                yield updates
        finally:
            if exchange.pending:  # the visitor has left
                save(desk.conversations, exchange.ended())


def _wish(
    parts: ChatParts, typed: str, event: gr.EventData, exchanges: Sequence[Exchange]
) -> _Wish:
    if event.target not in (parts.past, parts.live):
        return _Wish(typed.strip())
    question = str(getattr(event, "question", ""))[:QUESTION_CHARACTERS].strip()
    if event.do == "ask":
        return _Wish(question)
    replaced = by_number(exchanges, event)
    if replaced is None:
        return _Wish("")
    if event.do == "edit":
        return _Wish(question, replaced)
    return _Wish(replaced.question, replaced, str(getattr(event, "way", "")))


def by_number(exchanges: Sequence[Exchange], event: gr.EventData) -> Exchange | None:
    """Return the exchange that an event of the thread is about; None if it is gone."""
    number = str(getattr(event, "number", ""))
    return next((one for one in exchanges if str(one.number) == number), None)
