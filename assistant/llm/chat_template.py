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

from assistant.errors import ModelError
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


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat up to where the model's answer begins.

    Attributes:
        parts: tokens, and block places.
        ending: how many of the last tokens are the template's, behind what the user says.
    """

    parts: list[list[int] | BlockPlace]
    ending: int


def chat_of(
    messages: Sequence[Message], template: str | None, tokenize: Tokenize, *, bos: str, eos: str
) -> Chat:
    """Return a chat in parts.

    Args:
        messages: the chat so far.
        template: the model's Jinja chat template; None for ChatML.
        tokenize: called with a text and whether special tokens in it count.
        bos: the text of the model's first token, which some templates print.
        eos: the text of its last token.

    Raises:
        ModelError: the template takes no chat such as this.
    """
    parts: list[list[int] | BlockPlace] = []
    ending: list[int] = []
    rendered = _render(messages, template or _CHATML, bos, eos)
    for index, piece in enumerate(_CONTENT.split(rendered)):
        if index % 2 == 0:
            ending = tokenize(piece, True)
            parts.append(ending)
        else:
            parts += _content_parts(messages[int(piece)].content, tokenize)
    return Chat([part for part in parts if part], len(ending))


def _content_parts(content: str, tokenize: Tokenize) -> list[list[int] | BlockPlace]:
    start, *rest = _BLOCK.split(content)
    parts: list[list[int] | BlockPlace] = [tokenize(start, False)]
    for number, newline, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        parts += [BlockPlace(int(number), bool(newline)), tokenize(text, False)]
    return parts


def _render(messages: Sequence[Message], template: str, bos: str, eos: str) -> str:
    """Return the chat with a mark in the place of each message's content.

    Some templates know no system role, or take no more than one question: then what comes before
    opens the first user turn, or the only one.

    Raises:
        ModelError: the template takes none of these.
    """
    fixed = {"bos_token": bos, "eos_token": eos, "add_generation_prompt": True}
    marks = [f"{CONTENT_MARKS[0]}{index}{CONTENT_MARKS[1]}" for index in range(len(messages))]
    turns = [
        {"role": message.role, "content": mark}
        for message, mark in zip(messages, marks, strict=True)
    ]
    for first in range(1, len(turns) + 1):
        opening = {"role": "user", "content": "\n\n".join(marks[:first])}
        chat = [opening, *turns[first:]] if first > 1 else turns
        try:
            rendered = _compiled(template).render(messages=chat, **fixed)
        except TemplateError:
            continue
        if all(rendered.count(mark) == 1 for mark in marks):
            return rendered
    raise ModelError("The chat template of this model takes no question. Choose another model.")


@lru_cache(maxsize=4)
def _compiled(template: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals["raise_exception"] = _raise
    return environment.from_string(template)


def _raise(message: str) -> None:
    raise TemplateError(message)
