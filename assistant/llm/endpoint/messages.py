"""Converting a prompt to the messages of a request, shortened to fit an endpoint's context."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.errors import InputError
from assistant.llm.prompts import BLOCK_MARKS, Block, Message, Prompt

_BLOCK = re.compile("{}([0-9]+){}".format(*BLOCK_MARKS))
# A server parses these as special tokens of the chat template wherever they occur. Text from papers
# and users must not end a turn or begin another.
_SPECIAL_TOKEN = re.compile(
    r"<(?=\|)|(?<=\|)>|<(?=/?s>|(?:start|end)_of_turn>|/?think>)|\[(?=/?(?:INST|SYSTEM_PROMPT)\])"
)
_BREAK = "\u200b"
# The estimated number of UTF-8 bytes per token. English prose has more than four, text with many
# numbers and names about three.
_BYTES_PER_TOKEN = 3.0
# Template tokens around each message.
_TOKENS_PER_MESSAGE = 8


@dataclass(frozen=True, slots=True)
class ContextBudget:
    """How long a prompt may be.

    Attributes:
        context_tokens: the model's context length, for prompt and answer together.
        max_bytes: the maximum size of the messages' text, if the server has refused more.
    """

    context_tokens: int
    max_bytes: float = math.inf

    def max_bytes_for(self, messages: int, answer_tokens: int) -> float:
        """Return the maximum size of the messages' text that leaves room for an answer."""
        tokens = self.context_tokens - answer_tokens - _TOKENS_PER_MESSAGE * messages
        return min(tokens * _BYTES_PER_TOKEN, self.max_bytes)


def chat_messages(prompt: Prompt, budget: ContextBudget, max_tokens: int) -> list[dict[str, str]]:
    """Return the messages of a prompt in the form that an endpoint accepts.

    If they may not fit, evidence is left out: the last sentences of the longest block, until each
    block shows only one; then the turns of the conversation, oldest first.

    Args:
        prompt: the chat so far. An ``answer_prefix`` becomes an instruction, because only some
            servers can continue an answer.
        budget: how long the messages may be.
        max_tokens: maximum length of the answer.

    Raises:
        InputError: the question alone is too long.
    """
    for candidate in _shortened(prompt):
        messages = _messages(candidate)
        size = bytes_of(messages)
        if size <= budget.max_bytes_for(len(messages), max_tokens):
            return messages
    raise InputError(
        f"The question and its evidence take about {size / _BYTES_PER_TOKEN:.0f} tokens and "
        f"the answer up to {max_tokens}; the endpoint's context holds {budget.context_tokens}. Ask "
        "a shorter question, or use an endpoint with a longer context."
    )


def bytes_of(messages: Sequence[Mapping[str, str]]) -> int:
    """Return the size of the messages' text, in bytes of UTF-8."""
    return sum(len(one["content"].encode()) for one in messages)


def _shortened(prompt: Prompt) -> Iterator[Prompt]:
    yield prompt
    while any(len(block.shown) > 1 for block in prompt.blocks):
        longest = max(prompt.blocks, key=_shown_bytes)
        shorter = replace(longest, shown=longest.shown[:-1])
        blocks = tuple(shorter if one is longest else one for one in prompt.blocks)
        prompt = replace(prompt, blocks=blocks)
        yield prompt
    while len(prompt.messages) > 3:  # the system's, earlier turns in pairs, the question
        system, first, _, *rest = prompt.messages
        # The papers are in the first turn.
        papers = "\n".join(match[0] for match in _BLOCK.finditer(first.content))
        question = replace(rest[0], content=f"{papers}\n\n{rest[0].content}")
        prompt = replace(prompt, messages=(system, question, *rest[1:]))
        yield prompt


def _shown_bytes(block: Block) -> int:
    """Return the size of the text that a block shows; 0 if it cannot show less."""
    if len(block.shown) == 1:
        return 0
    return sum(len(block.sentences[index].encode()) for index in block.shown)


def _messages(prompt: Prompt) -> list[dict[str, str]]:
    messages = [{"role": one.role, "content": _text(one, prompt)} for one in prompt.messages]
    if prompt.answer_prefix:
        messages[-1]["content"] += f'\n\nBegin the reply with "{prompt.answer_prefix}".'
    return messages


def _text(message: Message, prompt: Prompt) -> str:
    shown = _BLOCK.sub(lambda match: _block_text(prompt.blocks[int(match[1])]), message.content)
    return without_special_tokens(shown)


def _block_text(block: Block) -> str:
    pieces = block.pieces()
    return "".join(pieces[index] for index in block.shown_pieces())


def without_special_tokens(text: str) -> str:
    """Return a text that contains no special tokens of a chat template.

    An invisible character breaks up each of them, so that quotations stay readable.
    """
    return _SPECIAL_TOKEN.sub(lambda match: _broken(match[0]), text)


def _broken(bracket: str) -> str:
    return f"{_BREAK}{bracket}" if bracket == ">" else f"{bracket}{_BREAK}"
