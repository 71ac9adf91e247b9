"""The question and the earlier turns in the messages of a client."""

import re
from collections.abc import Sequence

from assistant.answering import Turn
from assistant.errors import InputError
from assistant.server.openai.content import as_said
from assistant.server.openai.schemas import ChatMessage

# A citation as `content.py` writes it.
_LINKED_MARK = re.compile(r"\[\[(\d+)\]\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")


def question_and_turns(messages: Sequence[ChatMessage]) -> tuple[str, list[Turn]]:
    """Return the last question and the turns before it, oldest first.

    Messages of roles other than user and assistant are ignored: clients cannot change how the
    papers are used.

    Raises:
        InputError: the last message is not a question.
    """
    spoken = [one for one in messages if one.role in ("user", "assistant")]
    if not spoken or spoken[-1].role != "user" or not spoken[-1].text.strip():
        raise InputError("The last message has to be the user's, with the question as its text.")
    turns: list[Turn] = []
    for message in spoken[:-1]:
        if message.role == "user":
            turns.append(Turn(message.text, ""))
        elif turns:
            answer = f"{turns[-1].answer}\n\n{_with_plain_marks(message.text)}".strip()
            turns[-1] = Turn(turns[-1].question, answer)
    return spoken[-1].text, turns


def _with_plain_marks(text: str) -> str:
    """Return an answer with its numbered links replaced by plain citation marks."""
    return as_said(_LINKED_MARK.sub(r"[\1]", text))
