"""Save exchanges in the library: when they start, and again as their answer grows."""

import json
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from assistant.chat.conversation.exchange import Exchange
from assistant.library import Conversations, SavedAnswer, SavedExchange

_EXCHANGE = TypeAdapter(Exchange)

_UNREADABLE = (
    "This answer was saved by another version of the assistant and cannot be shown. Ask again."
)


def save_new(
    conversations: Conversations, conversation: str, exchange: Exchange, follows: int = 0
) -> Exchange:
    """Save a new exchange; return it with its number.

    Args:
        conversations: where to save it.
        conversation: the id of its conversation.
        exchange: the exchange.
        follows: the number of the exchange before it; 0 if it is the first.
    """
    number = conversations.add_exchange(
        conversation, follows, _searchable_text(exchange), exchange_to_json(exchange)
    )
    return replace(exchange, number=number)


def save(conversations: Conversations, exchange: Exchange) -> None:
    """Save the current state of an exchange."""
    conversations.update_exchange(
        exchange.number, _searchable_text(exchange), exchange_to_json(exchange)
    )


def saved_exchanges(conversations: Conversations, conversation: str) -> tuple[Exchange, ...]:
    """Return the shown exchanges of a conversation in order."""
    return tuple(map(exchange_from_saved, conversations.exchanges(conversation)))


def exchange_from_saved(saved: SavedExchange) -> Exchange:
    """Return a saved exchange: ``interrupted`` if pending, failed if it cannot be read."""
    return replace(
        _exchange_from_json(saved.content),
        number=saved.number,
        versions=saved.versions,
        feedback=saved.feedback,
        saved=saved.saved,
    )


def exchange_of_saved_answer(saved: SavedAnswer) -> Exchange:
    """Return the exchange of a saved answer; failed if it cannot be read."""
    return replace(_exchange_from_json(saved.content), number=saved.number, saved=True)


def _exchange_from_json(content: str) -> Exchange:
    try:
        exchange = _EXCHANGE.validate_json(content)
    except ValidationError:
        return Exchange(question=_question(content), stage="failed", problem=_UNREADABLE)
    return replace(exchange, stage="interrupted") if exchange.pending else exchange


def exchange_to_json(exchange: Exchange) -> str:
    """Return an exchange as JSON."""
    return _EXCHANGE.dump_json(exchange).decode()


def _question(content: str) -> str:
    try:
        return str(json.loads(content)["question"])
    except (ValueError, KeyError, TypeError):
        return "?"


def _searchable_text(exchange: Exchange) -> str:
    return " ".join([exchange.question, *(sentence.text for sentence in exchange.sentences)])
