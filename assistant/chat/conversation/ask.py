"""Asking on the page: which question is meant, and what is shown while it is being answered."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import gradio as gr

from assistant.answering import Assistant
from assistant.chat.conversation.exchange import Exchange, converse
from assistant.chat.conversation.exchange_store import save, save_new
from assistant.chat.conversation.html.actions import settings_for
from assistant.chat.conversation.html.scope_chip import scope_in_words
from assistant.chat.conversation.html.sources_panel import sources_panel
from assistant.chat.conversation.html.thread import thread
from assistant.chat.conversation.layout import QUESTION_CHARACTERS, ChatParts
from assistant.chat.conversation.view import (
    buttons,
    done,
    exchanges_of,
    listing_view,
    owner_of,
    thread_view,
)
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.shell import Updates
from assistant.chat.state import AppState
from assistant.errors import AssistantError, LibraryError
from assistant.library import Scope

# The page is not drawn anew for each word: the model needs the processor as well.
_BETWEEN_WORDS_S = 0.1


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


@dataclass(frozen=True, slots=True)
class _Begun:
    """A question on its way.

    Attributes:
        address: of its conversation.
        earlier: the exchanges before it.
        exchange: the new one, saved.
        notice: what was done to make room for it.
    """

    address: str
    earlier: tuple[Exchange, ...]
    exchange: Exchange
    notice: str


def ask(
    app: AppState,
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
        app: what the page works with.
        parts: of the chat tab.
        typed: what stands in the question box.
        address: of the open conversation.
        search: what the list of conversations is searched for.
        scope: the papers that may answer.
        event: a click on Send, or on something in the thread that asks.
        request: of the visitor.
    """
    owner = owner_of(request)
    earlier = exchanges_of(app, owner, address)
    wish = _wish(parts, typed, event, earlier)
    if not wish.question:
        yield {parts.box: ""}
        return
    try:
        begun = _begin(app, owner, address, wish, earlier, scope)
    except AssistantError as error:
        failed = Exchange(wish.question, stage="failed", problem=str(error))
        yield thread_view(app, parts, (*earlier, failed))
        return
    with app.stops.answering(request.session_hash or "") as stopping:
        yield {
            **thread_view(app, parts, (*begun.earlier, begun.exchange)),
            **listing_view(app, parts, owner, begun.address, search),
            **buttons(parts, pending=True),
            parts.box: "",
            parts.notice: begun.notice,
        }
        yield from _answer(app, parts, wish, begun, stopping)


def _begin(
    app: AppState,
    owner: str,
    address: str,
    wish: _Wish,
    earlier: tuple[Exchange, ...],
    scope: Scope,
) -> _Begun:
    """Save a question, in a new conversation if none is open; what it replaces is removed."""
    conversations, notice = app.conversations, ""
    position = earlier[-1].position + 1 if earlier else 1
    if conversations.find(owner, address) is None:
        address = conversations.start(owner, wish.question).id
    if wish.instead_of is not None:
        position = wish.instead_of.position
        removal = conversations.remove_exchanges(address, wish.instead_of.number, after=True)
        notice = done("The earlier answer was replaced.", removal)
        earlier = earlier[: earlier.index(wish.instead_of)]
    catalogue = app.assistant.library.catalogue
    limited_to = scope_in_words(scope, catalogue) if scope else ""
    exchange = Exchange(wish.question, position=position, scope=scope, limited_to=limited_to)
    return _Begun(address, earlier, save_new(conversations, address, exchange), notice)


def _answer(
    app: AppState, parts: ChatParts, wish: _Wish, begun: _Begun, stopping: threading.Event
) -> Iterator[Updates]:
    """Yield what changes while the answer is written, and save it at each step."""

    def who_answers() -> tuple[Assistant, ModelLoading]:
        assistant = app.assistant
        return assistant.with_settings(settings_for(wish.way, assistant.settings)), app.loading

    earlier, exchange, shown_at = begun.earlier, begun.exchange, 0.0
    try:
        for latest in converse(who_answers, app.line, exchange, earlier, stopping):
            only_words = latest.step == exchange.step
            exchange = latest
            if only_words and time.monotonic() - shown_at < _BETWEEN_WORDS_S:
                continue
            shown_at = time.monotonic()
            updates: Updates = {parts.live: thread([exchange])}
            if not only_words:
                save(app.conversations, exchange)
                updates[parts.sources] = sources_panel((*earlier, exchange))
            if not exchange.pending:
                updates |= buttons(parts, pending=False)
            yield updates
    except LibraryError as error:  # it could not be saved
        yield {**buttons(parts, pending=False), parts.notice: done(str(error))}
    finally:
        if exchange.pending:  # the visitor has left
            with suppress(LibraryError):
                save(app.conversations, exchange.ended())


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
