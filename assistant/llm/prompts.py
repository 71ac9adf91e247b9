"""The prompt templates in `prompts/`: one Jinja file a purpose, with a system and a user block."""

import hashlib
from collections import deque
from dataclasses import dataclass
from functools import cache
from typing import Literal

import jinja2

from assistant.resources import data_path


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat as the model sees it."""

    role: Literal["system", "user", "assistant"]
    content: str


def render_prompt(purpose: str, **values: object) -> list[Message]:
    """Return the messages of ``prompts/<purpose>.jinja`` filled with the values.

    The template's ``system`` and ``user`` blocks become a message each. A value that the template
    needs and that is not given is an error, not an empty string.
    """
    template = _environment().get_template(f"{purpose}.jinja")
    context = template.new_context(values)
    # Rendering the whole fills in the blocks that the template inherits.
    deque(template.root_render_func(context), maxlen=0)
    return [Message(role, "".join(context.blocks[role][0](context)).strip()) for role in _ROLES]


_ROLES: tuple[Literal["system", "user"], ...] = ("system", "user")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(data_path("prompts")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )


def prompts_fingerprint() -> str:
    """Return a short digest of all templates: answers of different prompts are told apart by it."""
    digest = hashlib.sha256()
    for path in sorted(data_path("prompts").glob("*.jinja")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
