"""From messages to tokens, by the chat template that the model's file carries.

What a paper or a person wrote must never be read as the template's own marks: an abstract that
says ``<|im_end|>`` is just those characters. So the template is rendered around placeholders, its
own text is tokenized with special tokens on, and each message's content with special tokens off.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.llm.prompts import BLOCK_MARKS, CONTENT_MARKS, Message

Tokenize = Callable[[str, bool], list[int]]

# ChatML, for files without a template: what most small instruct models understand.
_CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}{{ '<|im_start|>assistant\n' }}"
)
_CONTENT = re.compile("{}([0-9]+){}".format(*CONTENT_MARKS))
_BLOCK = re.compile("{}([0-9]+){}(\n?)".format(*BLOCK_MARKS))


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where in a prompt the block of this number goes, and whether an empty line ends it."""

    number: int
    empty_line: bool


def chat_parts(
    messages: Sequence[Message], template: str | None, tokenize: Tokenize, *, bos: str, eos: str
) -> list[list[int] | BlockPlace]:
    """Return the parts of a chat up to where the model's answer begins: tokens, and block places.

    Args:
        messages: the chat so far.
        template: the model's Jinja chat template; None for ChatML.
        tokenize: called with a text and whether special tokens in it count.
        bos: the text of the model's first token, which some templates print.
        eos: the text of its last token.
    """
    parts: list[list[int] | BlockPlace] = []
    rendered = _render(messages, template or _CHATML, bos, eos)
    for index, piece in enumerate(_CONTENT.split(rendered)):
        if index % 2 == 0:
            parts.append(tokenize(piece, True))
        else:
            parts += _content_parts(messages[int(piece)].content, tokenize)
    return [part for part in parts if part]


def _content_parts(content: str, tokenize: Tokenize) -> list[list[int] | BlockPlace]:
    start, *rest = _BLOCK.split(content)
    parts: list[list[int] | BlockPlace] = [tokenize(start, False)]
    for number, newline, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        parts += [BlockPlace(int(number), bool(newline)), tokenize(text, False)]
    return parts


def _render(messages: Sequence[Message], template: str, bos: str, eos: str) -> str:
    compiled = _compiled(template)
    turns = [
        {"role": message.role, "content": f"{CONTENT_MARKS[0]}{index}{CONTENT_MARKS[1]}"}
        for index, message in enumerate(messages)
    ]
    fixed = {"bos_token": bos, "eos_token": eos, "add_generation_prompt": True}
    try:
        return compiled.render(messages=turns, **fixed)
    except TemplateError:
        # Some models know no system role: then its text opens the first user turn.
        if len(turns) < 2 or turns[0]["role"] != "system":
            raise
        first = {"role": "user", "content": f"{turns[0]['content']}\n\n{turns[1]['content']}"}
        return compiled.render(messages=[first, *turns[2:]], **fixed)


@lru_cache(maxsize=4)
def _compiled(template: str) -> Template:
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = _raise
    return environment.from_string(template)


def _raise(message: str) -> None:
    raise TemplateError(message)
