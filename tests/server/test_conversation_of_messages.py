"""The question and the turns in a chat client's messages."""

import pytest

from assistant.answering import Turn
from assistant.errors import InputError
from assistant.server.openai.conversation import question_and_turns
from assistant.server.openai.schemas import ChatMessage


def messages(*pairs: tuple[str, object]) -> list[ChatMessage]:
    return [ChatMessage.model_validate({"role": role, "content": text}) for role, text in pairs]


def test_history_is_a_conversation_with_plain_citation_marks() -> None:
    question, turns = question_and_turns(
        messages(
            ("system", "Answer like a pirate."),
            ("user", "Who counts?"),
            ("assistant", "Parrots. [[1]](https://example.org/a_(b))[[2]](https://x.org)"),
            ("user", "How far?"),
        )
    )
    assert question == "How far?"
    assert turns == [Turn("Who counts?", "Parrots. [1][2]")]


def test_text_parts_are_joined_and_others_ignored() -> None:
    image = {"type": "image_url", "image_url": {"url": "data:"}}
    question, _ = question_and_turns(
        messages(
            ("user", [{"type": "text", "text": "Who"}, image, {"type": "text", "text": "is?"}])
        )
    )
    assert question == "Who\nis?"


def test_unanswered_question_is_a_turn_without_an_answer() -> None:
    _, turns = question_and_turns(messages(("user", "Who?"), ("user", "How far?")))
    assert turns == [Turn("Who?", "")]


@pytest.mark.parametrize("last", [("assistant", "Hm."), ("user", " "), ("system", "x")])
def test_last_message_has_to_be_a_question(last: tuple[str, str]) -> None:
    with pytest.raises(InputError, match="The last message"):
        question_and_turns(messages(last))
