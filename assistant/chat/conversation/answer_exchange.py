"""Answer the question of an exchange, step by step."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from assistant.answering import Assistant
from assistant.chat.conversation.exchange import Exchange, turns
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.jobs.question_queue import QuestionQueue
from assistant.chat.widgets.without_paths import without_paths
from assistant.errors import AssistantError, Cancelled

_log = logging.getLogger(__name__)

_STOP_CHECK_S = 0.2

GetAssistant: TypeAlias = Callable[[], tuple[Assistant, ModelLoading]]
"""Returns the current assistant and the loading of its model."""


def answer_exchange(
    get_assistant: GetAssistant,
    queue: QuestionQueue,
    exchange: Exchange,
    earlier: Sequence[Exchange],
    stop: threading.Event,
    visitor: str = "",
) -> Iterator[Exchange]:
    """Answer a question; yield the exchange after each event.

    The last exchange is never pending. Errors are recorded in it, not raised.

    Args:
        get_assistant: called when the question's turn comes, because a settings change may replace
            the assistant while the question waits.
        queue: the queue in which the question waits for its turn.
        exchange: the new exchange, with its question.
        earlier: the exchanges before it.
        stop: may be set from any thread to stop at once.
        visitor: who is asking; the queue treats visitors fairly.
    """
    try:
        with queue.ticket(visitor) as ticket:
            while ahead := queue.ahead(ticket):
                yield replace(exchange, ahead=ahead)
                queue.wait(_STOP_CHECK_S)
                if stop.is_set():
                    raise Cancelled("The question was stopped while it waited for its turn.")
            assistant, loading = get_assistant()
            events = assistant.stream(
                exchange.question, turns(earlier), scope=exchange.scope, stop=stop
            )
            if not loading.done:
                yield replace(exchange, stage="loading")
                loading.wait(stop)
            yield replace(exchange, stage="searching")
            for event in events:
                exchange = exchange.with_event(event)
                yield exchange
    except Cancelled:
        yield replace(exchange, stage="stopped")
    except AssistantError as error:
        yield replace(exchange, stage="failed", problem=without_paths(str(error)))
    except Exception:
        # The page shows one sentence; the traceback goes to the terminal.
        _log.exception("A question could not be answered")
        problem = (
            "Something went wrong. The terminal has the details. Ask again, or restart the chat."
        )
        yield replace(exchange, stage="failed", problem=problem)
