"""Exchanges as they are kept in the library: saved when asked, and again with their answer."""

import json
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from assistant.chat.conversation.exchange import Exchange
from assistant.library import Conversations, SavedExchange

_EXCHANGE = TypeAdapter(Exchange)

_UNREADABLE = (
    "What was answered was saved by another version of the assistant and cannot be shown. "
    "Ask again."
)


def save_new(conversations: Conversations, conversation: str, exchange: Exchange) -> Exchange:
    """Save an exchange that begins; return it with its number."""
    number = conversations.add_exchange(
        conversation, exchange.position, _searched(exchange), _content(exchange)
    )
    return replace(exchange, number=number)


def save(conversations: Conversations, exchange: Exchange) -> None:
    """Save what has become of an exchange."""
    conversations.update_exchange(exchange.number, _searched(exchange), _content(exchange))


def saved_exchanges(conversations: Conversations, conversation: str) -> tuple[Exchange, ...]:
    """Return the exchanges of a conversation, in order; one that was cut off counts as stopped."""
    return tuple(map(restored, conversations.exchanges(conversation)))


def restored(saved: SavedExchange) -> Exchange:
    """Return an exchange as it was saved."""
    try:
        exchange = _EXCHANGE.validate_json(saved.content).ended()
    except ValidationError:
        question = _question(saved.content)
        exchange = Exchange(question=question, stage="failed", problem=_UNREADABLE)
    return replace(exchange, number=saved.number, position=saved.position, feedback=saved.feedback)


def _question(content: str) -> str:
    try:
        return str(json.loads(content)["question"])
    except (ValueError, KeyError, TypeError):
        return "?"


def _searched(exchange: Exchange) -> str:
    return " ".join([exchange.question, *(sentence.text for sentence in exchange.sentences)])


def _content(exchange: Exchange) -> str:
    return _EXCHANGE.dump_json(exchange).decode()
