"""From messages to tokens, by the chat template that the model's file carries.

What a paper or a person wrote must never be read as the template's own marks: an abstract that
says ``<|im_end|>`` is just those characters. So the template is rendered around placeholders, its
own text is tokenized with special tokens on, and each message's content with special tokens off.
"""

import re
from collections.abc import Callable, Sequence

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.llm.prompts import Message

Tokenize = Callable[[str, bool], list[int]]

# ChatML, for files without a template: what most small instruct models understand.
_CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}<|im_start|>assistant\n"
)
_PLACEHOLDER = re.compile("\ue000([0-9]+)\ue001")


def chat_tokens(
    messages: Sequence[Message], template: str | None, tokenize: Tokenize, *, bos: str, eos: str
) -> list[int]:
    """Return the tokens of a chat up to where the model's answer begins.

    Args:
        messages: the chat so far.
        template: the model's Jinja chat template; None for ChatML.
        tokenize: called with a text and whether special tokens in it count.
        bos: the text of the model's first token, which some templates print.
        eos: the text of its last token.
    """
    tokens: list[int] = []
    rendered = _render(messages, template or _CHATML, bos, eos)
    for index, part in enumerate(_PLACEHOLDER.split(rendered)):
        if index % 2 == 0:
            tokens += tokenize(part, True) if part else []
        else:
            tokens += tokenize(messages[int(part)].content, False)
    return tokens


def _render(messages: Sequence[Message], template: str, bos: str, eos: str) -> str:
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = _raise
    compiled = environment.from_string(template)
    turns = [
        {"role": message.role, "content": f"\ue000{index}\ue001"}
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


def _raise(message: str) -> None:
    raise TemplateError(message)
