"""Handle a question from the page: save it, answer it, and show the answer as it grows.

The answer is written on a thread of its own. Every page that shows its conversation follows it.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import gradio as gr

from assistant.answering import Assistant
from assistant.answering.question.validate import MAX_CHARACTERS
from assistant.chat.conversation.answer_exchange import answer_exchange
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import save, save_new
from assistant.chat.conversation.html.actions import retry_settings
from assistant.chat.conversation.html.scope_chip import describe_scope
from assistant.chat.conversation.html.thread import thread
from assistant.chat.conversation.layout import ChatParts
from assistant.chat.conversation.view import (
    buttons,
    conversation_view,
    exchanges_of,
    owner_of,
    revision_of,
    session_of,
    sources_view,
    thread_view,
    toast,
)
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.rights import use_questions
from assistant.chat.shell import Updates
from assistant.chat.state import AppState
from assistant.chat.widgets.event_fields import text
from assistant.chat.widgets.without_paths import without_paths
from assistant.errors import AssistantError, LibraryError
from assistant.library import Scope

# Updating the page for each word would take CPU time from the model.
_UPDATE_INTERVAL_S = 0.1
# How long a question waits for the page that sent it, whose stream may open after the question.
_ARRIVAL_S = 5.0
# How much of an answer is lost if the assistant is killed.
_SAVE_INTERVAL_S = 1.0


@dataclass(frozen=True, slots=True)
class _QuestionRequest:
    """What a visitor asks.

    Attributes:
        question: the question as typed.
        replaces: the exchange that it becomes a new version of.
        retry: how a question is asked again; see `retry_settings`.
    """

    question: str
    replaces: Exchange | None = None
    retry: str = ""


@dataclass(frozen=True, slots=True)
class _StartedExchange:
    """A saved question whose answer is being written.

    Attributes:
        address: the id of its conversation.
        notice: the HTML of a notice about what else was done.
    """

    address: str
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
    """Start answering a question; yield page updates until the answer is complete.

    Args:
        app: the state of the page.
        parts: the components of the chat tab.
        typed: the text of the question box.
        address: the id of the open conversation.
        search: the search text for the list of conversations.
        scope: the papers to answer from.
        event: a click on Send, or an action in the thread that asks a question.
        request: the visitor's request.
    """
    owner, session = owner_of(request), session_of(request)
    if app.presence is not None and not app.presence.wait_for(session, _ARRIVAL_S):
        return  # no page is listening
    notice = _restore_if_removed(app, owner, address)
    earlier = exchanges_of(app, owner, address)
    asked = _question_request(typed, event, earlier)
    if not asked.question:
        yield {parts.box: ""}
        return
    try:
        app.queue.check_room(owner or session)
        use_questions(app, request)
        started = _start_exchange(app, owner, address, asked, earlier, scope, notice, session)
    except AssistantError as error:
        failed = Exchange(asked.question, stage="failed", problem=without_paths(str(error)))
        yield thread_view(app, parts, (*earlier, failed))
        return
    app.shown.show(session, started.address)
    view = conversation_view(app, parts, request, started.address, search, started.notice)
    yield {**view, parts.box: "", parts.following: gr.skip()}
    yield from follow(app, parts, started.address, request)


def follow(app: AppState, parts: ChatParts, address: str, request: gr.Request) -> Iterator[Updates]:
    """Yield the updates of the page until no answer of a conversation is running."""
    owner = owner_of(request)
    live = ""
    with app.followers.following(session_of(request)) as leave:
        while not leave.is_set():
            exchanges = exchanges_of(app, owner, address)
            running = next((one for one in exchanges if one.pending), None)
            if running is None:
                break
            index, step = exchanges.index(running), None
            for latest in app.answers.follow(running.number, leave):
                latest = replace(latest, versions=running.versions)
                shown = (*exchanges[:index], latest, *exchanges[index + 1 :])
                live = thread(shown[-1:])
                updates: Updates = {parts.live: live}
                if latest is not shown[-1]:
                    updates[parts.past] = thread(shown[:-1])
                if latest.step != step:
                    updates[parts.sources] = sources_view(app, shown)
                step = latest.step
                yield updates
                time.sleep(_UPDATE_INTERVAL_S)
        if leave.is_set():
            return
    revision = revision_of(app, owner, address)
    exchanges = exchanges_of(app, owner, address)
    # The answer may have ended after the last update.
    is_shown = thread(exchanges[-1:]) == live
    yield {
        **({} if is_shown else thread_view(app, parts, exchanges)),
        **buttons(parts, pending=False),
        parts.revision: revision,
        parts.following: "",
    }


def exchange_of_event(exchanges: Sequence[Exchange], event: gr.EventData) -> Exchange | None:
    """Return the exchange that an event of the thread is about; None if it is gone."""
    written = text(event, "number")
    return next((one for one in exchanges if str(one.number) == written), None)


def _question_request(
    typed: str, event: gr.EventData, exchanges: Sequence[Exchange]
) -> _QuestionRequest:
    # The event's target cannot be compared: each session has its own copies of the components.
    action = text(event, "action")
    if not action:
        return _QuestionRequest(typed[:MAX_CHARACTERS].strip())
    question = text(event, "question")[:MAX_CHARACTERS].strip()
    if action == "ask":
        return _QuestionRequest(question)
    replaced = exchange_of_event(exchanges, event)
    if replaced is None:
        return _QuestionRequest("")
    if action == "edit":
        return _QuestionRequest(question, replaced)
    if action != "again":
        return _QuestionRequest("")
    return _QuestionRequest(replaced.question, replaced, text(event, "retry"))


def _restore_if_removed(app: AppState, owner: str, address: str) -> str:
    """Bring back a conversation that another tab deleted; return the HTML of a notice."""
    removal = app.conversations.removal_of(owner, address)
    if removal is None:
        return ""
    app.conversations.restore(removal)
    return toast("This conversation had been deleted. Your question brought it back.")


def _start_exchange(
    app: AppState,
    owner: str,
    address: str,
    asked: _QuestionRequest,
    earlier: tuple[Exchange, ...],
    scope: Scope,
    notice: str,
    session: str,
) -> _StartedExchange:
    """Save a question, in a new conversation if none is open, and start answering it."""
    conversations = app.conversations
    if conversations.find(owner, address) is None:
        address = conversations.start(owner, asked.question).id
    if asked.replaces is not None:
        earlier = earlier[: earlier.index(asked.replaces)]
    limited_to = describe_scope(scope, app.assistant.library.catalogue) if scope else ""
    exchange = Exchange(asked.question, scope=scope, limited_to=limited_to)
    follows = earlier[-1].number if earlier else 0
    exchange = save_new(conversations, address, exchange, follows)

    def write(stop: threading.Event) -> Iterator[Exchange]:
        return _write(app, asked.retry, exchange, earlier, stop, owner or session)

    app.answers.start(exchange.number, address, exchange, write)
    return _StartedExchange(address, notice)


def _write(
    app: AppState,
    retry: str,
    exchange: Exchange,
    earlier: Sequence[Exchange],
    stop: threading.Event,
    visitor: str,
) -> Iterator[Exchange]:
    """Answer a question; yield the states of its exchange, and save them."""

    def get_assistant() -> tuple[Assistant, ModelLoading]:
        assistant = app.assistant
        return assistant.with_settings(retry_settings(retry, assistant.settings)), app.loading

    saved_at = 0.0
    for latest in answer_exchange(get_assistant, app.queue, exchange, earlier, stop, visitor):
        only_words = latest.step == exchange.step
        exchange = latest
        if not only_words or time.monotonic() - saved_at > _SAVE_INTERVAL_S:
            saved_at = time.monotonic()
            try:
                save(app.conversations, exchange)
            except LibraryError as error:
                yield replace(exchange, stage="failed", problem=without_paths(str(error)))
                return
        yield exchange
