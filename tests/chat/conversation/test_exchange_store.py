"""Saved exchanges."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_exchanges import answered_exchange

from assistant.answering import AnswerSentence
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import (
    exchange_from_saved,
    exchange_to_json,
    save,
    save_new,
    saved_exchanges,
)
from assistant.library import Conversations, Feedback, SavedExchange


def test_saved_exchange_is_loaded_unchanged(conversations: Conversations) -> None:
    conversation = conversations.start("", "Rise").id
    begun = save_new(conversations, conversation, Exchange("How far does it rise?"))
    answered = replace(answered_exchange(), number=begun.number, versions=(begun.number,))
    save(conversations, answered)

    assert saved_exchanges(conversations, conversation) == (answered,)
    assert conversations.all("", search="DoughNet")


@given(st.text(), st.text())
def test_any_text_is_loaded_unchanged(question: str, said: str) -> None:
    exchange = Exchange(question, stage="answered", sentences=(AnswerSentence(said, (), True),))
    content = exchange_to_json(exchange)
    assert exchange_from_saved(SavedExchange(0, content, Feedback(), ())) == exchange


def test_pending_exchange_is_loaded_as_interrupted(conversations: Conversations) -> None:
    conversation = conversations.start("", "Rise").id
    save_new(conversations, conversation, Exchange("How far?", stage="writing", unfinished="It r"))
    [cut] = saved_exchanges(conversations, conversation)
    assert cut.stage == "interrupted"
    assert cut.unfinished == "It r"


@pytest.mark.parametrize("content", ["{", '{"question": "How far?", "stage": "new stage"}', "[]"])
def test_unreadable_exchange_fails_without_hiding_others(
    conversations: Conversations, content: str
) -> None:
    conversation = conversations.start("", "Rise").id
    number = conversations.add_exchange(conversation, 0, "How far?", content)
    save_new(conversations, conversation, answered_exchange(), number)

    unreadable, other = saved_exchanges(conversations, conversation)

    assert unreadable.stage == "failed"
    assert "another version" in unreadable.problem
    assert other.answer is not None
