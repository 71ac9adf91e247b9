"""Handle a question from the page: save it, answer it, and show the answer as it grows."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import gradio as gr

from assistant.answering import Assistant
from assistant.chat.conversation.answer_exchange import answer_exchange
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import save, save_new
from assistant.chat.conversation.html.actions import retry_settings
from assistant.chat.conversation.html.scope_chip import describe_scope
from assistant.chat.conversation.html.sources_panel import sources_panel
from assistant.chat.conversation.html.thread import thread
from assistant.chat.conversation.layout import QUESTION_CHARACTERS, ChatParts
from assistant.chat.conversation.view import (
    buttons,
    exchanges_of,
    history_view,
    owner_of,
    thread_view,
    toast,
)
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.shell import Updates
from assistant.chat.state import AppState
from assistant.errors import AssistantError, LibraryError
from assistant.library import Scope

# Updating the page for each word would take CPU time from the model.
_MIN_UPDATE_INTERVAL_S = 0.1


@dataclass(frozen=True, slots=True)
class _QuestionRequest:
    """What a visitor asks.

    Attributes:
        question: the question as typed.
        replaces: the exchange that it replaces, together with all that follow.
        retry: how a question is asked again; see `retry_settings`.
    """

    question: str
    replaces: Exchange | None = None
    retry: str = ""


@dataclass(frozen=True, slots=True)
class _StartedExchange:
    """A saved question that is about to be answered.

    Attributes:
        address: the id of its conversation.
        earlier: the exchanges before it.
        exchange: the new exchange.
        notice: the HTML that says what was replaced.
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
    """Yield the updates of the page while a question is answered.

    Args:
        app: the state of the page.
        parts: the components of the chat tab.
        typed: the text of the question box.
        address: the id of the open conversation.
        search: the search text for the list of conversations.
        scope: the papers that may answer.
        event: a click on Send, or an action in the thread that asks a question.
        request: the visitor's request.
    """
    owner = owner_of(request)
    earlier = exchanges_of(app, owner, address)
    asked = _question_request(parts, typed, event, earlier)
    if not asked.question:
        yield {parts.box: ""}
        return
    try:
        started = _start_exchange(app, owner, address, asked, earlier, scope)
    except AssistantError as error:
        failed = Exchange(asked.question, stage="failed", problem=str(error))
        yield thread_view(app, parts, (*earlier, failed))
        return
    with app.stop_events.answering(request.session_hash or "") as stop:
        yield {
            **thread_view(app, parts, (*started.earlier, started.exchange)),
            **history_view(app, parts, owner, started.address, search),
            **buttons(parts, pending=True),
            parts.box: "",
            parts.notice: started.notice,
        }
        yield from _answer(app, parts, asked, started, stop)


def exchange_of_event(exchanges: Sequence[Exchange], event: gr.EventData) -> Exchange | None:
    """Return the exchange that an event of the thread is about; None if it is gone."""
    number = str(getattr(event, "number", ""))
    return next((one for one in exchanges if str(one.number) == number), None)


def _question_request(
    parts: ChatParts, typed: str, event: gr.EventData, exchanges: Sequence[Exchange]
) -> _QuestionRequest:
    if event.target not in (parts.past, parts.live):
        return _QuestionRequest(typed.strip())
    question = str(getattr(event, "question", ""))[:QUESTION_CHARACTERS].strip()
    if event.action == "ask":
        return _QuestionRequest(question)
    replaced = exchange_of_event(exchanges, event)
    if replaced is None:
        return _QuestionRequest("")
    if event.action == "edit":
        return _QuestionRequest(question, replaced)
    return _QuestionRequest(replaced.question, replaced, str(getattr(event, "retry", "")))


def _start_exchange(
    app: AppState,
    owner: str,
    address: str,
    asked: _QuestionRequest,
    earlier: tuple[Exchange, ...],
    scope: Scope,
) -> _StartedExchange:
    """Save a question, in a new conversation if none is open; remove what it replaces."""
    conversations, notice = app.conversations, ""
    position = earlier[-1].position + 1 if earlier else 1
    if conversations.find(owner, address) is None:
        address = conversations.start(owner, asked.question).id
    if asked.replaces is not None:
        position = asked.replaces.position
        removal = conversations.remove_exchanges(address, asked.replaces.number, after=True)
        notice = toast("The earlier answer was replaced.", removal)
        earlier = earlier[: earlier.index(asked.replaces)]
    limited_to = describe_scope(scope, app.assistant.library.catalogue) if scope else ""
    exchange = Exchange(asked.question, position=position, scope=scope, limited_to=limited_to)
    return _StartedExchange(address, earlier, save_new(conversations, address, exchange), notice)


def _answer(
    app: AppState,
    parts: ChatParts,
    asked: _QuestionRequest,
    started: _StartedExchange,
    stop: threading.Event,
) -> Iterator[Updates]:
    """Yield the updates while the answer is written, and save each step of it."""

    def get_assistant() -> tuple[Assistant, ModelLoading]:
        assistant = app.assistant
        return assistant.with_settings(retry_settings(asked.retry, assistant.settings)), app.loading

    earlier, exchange, updated_at = started.earlier, started.exchange, 0.0
    try:
        for latest in answer_exchange(get_assistant, app.queue, exchange, earlier, stop):
            only_words = latest.step == exchange.step
            exchange = latest
            if only_words and time.monotonic() - updated_at < _MIN_UPDATE_INTERVAL_S:
                continue
            updated_at = time.monotonic()
            updates: Updates = {parts.live: thread([exchange])}
            if not only_words:
                save(app.conversations, exchange)
                updates[parts.sources] = sources_panel((*earlier, exchange))
            if not exchange.pending:
                updates |= buttons(parts, pending=False)
            yield updates
    except LibraryError as error:  # it could not be saved
        yield {**buttons(parts, pending=False), parts.notice: toast(str(error))}
    finally:
        if exchange.pending:  # the visitor has left the page
            with suppress(LibraryError):
                save(app.conversations, exchange.ended())
