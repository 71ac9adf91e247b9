"""Converting messages to tokens with the chat template in the model's file.

Text from papers and users must never be parsed as special tokens: an abstract that contains
``<|im_end|>`` contains just those characters. The template is therefore rendered with placeholders.
Special tokens are parsed in the template's own text, but not in the messages' content.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.errors import ModelError
from assistant.llm.prompts import BLOCK_MARKS, CONTENT_MARKS, Message

Tokenize = Callable[[str, bool], list[int]]

# ChatML, for files without a template. Most small instruct models understand it.
_CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}{{ '<|im_start|>assistant\n' }}"
)
_CONTENT = re.compile("{}([0-9]+){}".format(*CONTENT_MARKS))
_BLOCK = re.compile("{}([0-9]+){}(\n?)".format(*BLOCK_MARKS))


@dataclass(frozen=True, slots=True)
class BlockPlaceholder:
    """The place of a block in a prompt.

    Attributes:
        index: the block's index among the prompt's blocks.
        empty_line: whether an empty line follows the block.
    """

    index: int
    empty_line: bool


@dataclass(frozen=True, slots=True)
class TokenizedChat:
    """A chat up to the beginning of the model's answer.

    Attributes:
        parts: tokens, and placeholders of blocks.
        suffix_length: number of template tokens after the content of the last message.
    """

    parts: list[list[int] | BlockPlaceholder]
    suffix_length: int


def apply_chat_template(
    messages: Sequence[Message], template: str | None, tokenize: Tokenize, *, bos: str, eos: str
) -> TokenizedChat:
    """Render and tokenize a chat.

    Args:
        messages: the chat so far.
        template: the model's Jinja chat template; None for ChatML.
        tokenize: tokenizes a text; its second argument says whether to parse special tokens.
        bos: the text of the BOS token, which some templates print.
        eos: the text of the EOS token.

    Raises:
        ModelError: the template does not accept such a chat.
    """
    parts: list[list[int] | BlockPlaceholder] = []
    suffix: list[int] = []
    rendered = _render(messages, template or _CHATML, bos, eos)
    for i, piece in enumerate(_CONTENT.split(rendered)):
        if i % 2 == 0:
            suffix = tokenize(piece, True)
            parts.append(suffix)
        else:
            parts += _content_parts(messages[int(piece)].content, tokenize)
    return TokenizedChat([part for part in parts if part], len(suffix))


def _content_parts(content: str, tokenize: Tokenize) -> list[list[int] | BlockPlaceholder]:
    start, *rest = _BLOCK.split(content)
    parts: list[list[int] | BlockPlaceholder] = [tokenize(start, False)]
    for index, newline, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        parts += [BlockPlaceholder(int(index), bool(newline)), tokenize(text, False)]
    return parts


def _render(messages: Sequence[Message], template: str, bos: str, eos: str) -> str:
    """Render the template with a placeholder in place of each message's content.

    Some templates have no system role, or accept a single message only. For those, the first
    messages are merged into the first user turn: the system prompt, or as many as necessary.

    Raises:
        ModelError: the template accepts none of these.
    """
    variables = {
        "bos_token": bos,
        "eos_token": eos,
        "add_generation_prompt": True,
        # Reasoning is turned off: an answer has few tokens.
        "enable_thinking": False,
    }
    placeholders = [f"{CONTENT_MARKS[0]}{i}{CONTENT_MARKS[1]}" for i in range(len(messages))]
    turns = [
        {"role": message.role, "content": placeholder}
        for message, placeholder in zip(messages, placeholders, strict=True)
    ]
    for merged in range(1, len(turns) + 1):
        first = {"role": "user", "content": "\n\n".join(placeholders[:merged])}
        chat = [first, *turns[merged:]] if merged > 1 else turns
        try:
            rendered = _compiled(template).render(messages=chat, **variables)
        except TemplateError:
            continue
        if all(rendered.count(placeholder) == 1 for placeholder in placeholders):
            return rendered
    raise ModelError(
        "The chat template of this model does not accept a question. Choose another model."
    )


@lru_cache(maxsize=4)
def _compiled(template: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals["raise_exception"] = _raise
    return environment.from_string(template)


def _raise(message: str) -> None:
    raise TemplateError(message)
