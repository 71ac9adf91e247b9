"""Answers for clients: queueing, loading the model, cancellation, metrics."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, aclosing, contextmanager
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.answering import Answer, AnswerEvent, Assistant, Turn
from assistant.answering.question.validate import check_length, validated
from assistant.chat.jobs.question_queue import BusyError, Ticket
from assistant.errors import AssistantError
from assistant.library import EVERYTHING, Scope
from assistant.server.problems import TooManyRequestsError
from assistant.server.state import ServerState

_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a client.

    Attributes:
        question: in plain words.
        history: the earlier turns of the conversation, oldest first.
        scope: the papers to answer from.
        max_tokens: maximum length of the answer; None for that of the settings.
        client: who asks. Clients take turns in the queue.
    """

    question: str
    history: Sequence[Turn] = ()
    scope: Scope = EVERYTHING
    max_tokens: int | None = None
    client: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The question waits for its turn, or for the model to be loaded.

    Attributes:
        ahead: how many other questions must finish first.
    """

    ahead: int


ClientEvent: TypeAlias = Waiting | AnswerEvent


async def answer_events(
    state: ServerState, asked: AskedQuestion
) -> AsyncGenerator[ClientEvent, None]:
    """Yield the events of an answer: first, without delay, a `Waiting`; finally the `Answer`.

    Closing the generator, or cancelling its task, stops the model.

    Raises:
        TooManyRequestsError: too many questions wait.
        AssistantError: see `Assistant.stream`.
    """
    check_length(asked.question)
    validated(asked.question, state.assistant.library, asked.scope)
    outcome = "cancelled"
    with queue_place(state, asked.client) as ticket:
        try:
            yield Waiting(state.queue.ahead(ticket))
            await wait_for_turn(state, ticket)
            events = _assistant_for(state, asked).astream(
                asked.question, asked.history, scope=asked.scope
            )
            async for event in events:
                if isinstance(event, Answer):
                    state.metrics.count_answer(event)
                    outcome = ""
                yield event
        except AssistantError:
            outcome = "failed"
            raise
        finally:
            if outcome:
                state.metrics.count_unfinished(outcome)


@contextmanager
def queue_place(state: ServerState, client: str) -> Iterator[Ticket]:
    """Hold a place in the queue of questions.

    Raises:
        TooManyRequestsError: the queue is full.
    """
    with ExitStack() as stack:
        try:
            # Prefixed, because an account of the page may have the same name. One client may fill
            # the queue: a chat client for many people has one key.
            ticket = stack.enter_context(state.queue.ticket(f"client {client}", is_program=True))
        except BusyError as error:
            # One round of answers makes room.
            raise TooManyRequestsError(str(error), state.metrics.mean_answer_s()) from error
        yield ticket


async def wait_for_turn(state: ServerState, ticket: Ticket) -> None:
    """Return when a ticket's turn has come and the model is loaded.

    Raises:
        ModelError: the model cannot be loaded.
    """
    while state.queue.ahead(ticket):
        await asyncio.sleep(_POLL_S)
    _, loading = state.current()
    # Shielded: loading continues for others when this client leaves.
    await asyncio.shield(asyncio.wrap_future(loading.start()))


async def after_first_event(
    events: AsyncGenerator[ClientEvent, None],
) -> AsyncIterator[ClientEvent]:
    """Return all events after awaiting the first one, so that its errors are raised here."""
    first = await anext(events)

    async def all_events() -> AsyncIterator[ClientEvent]:
        async with aclosing(events):
            yield first
            async for event in events:
                yield event

    return all_events()


async def last_answer(events: AsyncGenerator[ClientEvent, None]) -> Answer:
    """Return the answer at the end of its events."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Answer):
                return event
    raise AssertionError("the events end with the answer")


def _assistant_for(state: ServerState, asked: AskedQuestion) -> Assistant:
    assistant = state.assistant
    if asked.max_tokens is None:
        return assistant
    limit = max(1, min(asked.max_tokens, assistant.settings.max_answer_tokens))
    return assistant.with_settings(replace(assistant.settings, max_answer_tokens=limit))
