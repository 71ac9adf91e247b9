"""The templates in `prompts/`: one Jinja file per purpose, with a system and a user block."""

import hashlib
import itertools
import string
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import jinja2

from assistant.errors import InputError
from assistant.package_data import packaged_data

# Private-use characters enclose the placeholders for blocks and for messages' content. They are
# removed from all text that comes from papers and users.
BLOCK_MARKS = ("\ue002", "\ue003")
CONTENT_MARKS = ("\ue000", "\ue001")
_TURN_MARK = "\ue004"  # separates the turns of the user and the model
_REMOVE_MARKS = str.maketrans("", "", "".join((*BLOCK_MARKS, *CONTENT_MARKS, _TURN_MARK)))

_PAPER_TEMPLATE = "paper.jinja"
_SENTENCE_ENDS = string.whitespace + "?!.,;:…"

_TURNS: tuple[Literal["user", "assistant"], ...] = ("user", "assistant")


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat; its content may contain placeholders for blocks."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paper in a prompt.

    Attributes:
        title: the paper's title.
        sentences: all sentences of the abstract.
        shown: indices of the sentences that the model sees, ascending.
    """

    title: str
    sentences: tuple[str, ...]
    shown: tuple[int, ...]

    def pieces(self) -> list[str]:
        """Return the block's text: one piece for the title and one for each sentence."""
        template = _environment().get_template(_PAPER_TEMPLATE)
        text = template.render(
            title=_on_one_line(self.title), sentences=[_on_one_line(s) for s in self.sentences]
        )
        return text.splitlines(keepends=True)

    def shown_pieces(self) -> list[int]:
        """Return the indices of the pieces that the model sees: the title and the evidence."""
        return [0, *(index + 1 for index in self.shown)]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A chat up to the model's answer, and the blocks in it.

    Attributes:
        messages: the turns; the last one is the user's.
        blocks: the papers in it.
        answer_prefix: the beginning of the model's answer, which the model continues.
    """

    messages: tuple[Message, ...]
    blocks: tuple[Block, ...] = ()
    answer_prefix: str = ""


class _Mark(str):
    """A placeholder. The template prints it without removing its marks."""

    __slots__ = ()


def render_prompt(
    purpose: str, blocks: Sequence[Block] = (), folder: str = "", **values: object
) -> Prompt:
    """Render the template ``prompts/<purpose>.jinja``.

    The template's Jinja blocks ``system`` and ``user`` become one message each. The papers are in
    the variable ``papers``. Within ``user``, ``{{ model_turn }}`` starts a turn of the model and
    ``{{ user_turn }}`` the user's next turn, each a separate message. A turn of the model at the
    end becomes the prompt's ``answer_prefix``. A missing value is an error, not an empty string.

    Args:
        purpose: name of the template.
        blocks: the papers.
        folder: a folder whose templates override the shipped ones of the same name; empty for none.
        values: the template's variables.

    Raises:
        InputError: the folder does not exist, or it contains a template that overrides none or
            cannot be rendered.
    """
    try:
        return _rendered(purpose, blocks, folder, values)
    except jinja2.TemplateError as error:
        if not folder:
            raise
        raise InputError(
            f"{purpose}.jinja cannot be rendered with the templates in {folder}: {error}. Correct "
            "it, using the shipped one as a model, or leave the setting prompts empty."
        ) from error


def _rendered(
    purpose: str, blocks: Sequence[Block], folder: str, values: Mapping[str, object]
) -> Prompt:
    papers = [_Mark(f"{BLOCK_MARKS[0]}{i}{BLOCK_MARKS[1]}") for i in range(len(blocks))]
    template = _environment(folder).get_template(f"{purpose}.jinja")
    turn = _Mark(_TURN_MARK)
    context = template.new_context(
        {**values, "papers": papers, "model_turn": turn, "user_turn": turn}
    )
    # Rendering the whole template resolves the blocks that it inherits.
    deque(template.root_render_func(context), maxlen=0)
    system, user = ("".join(context.blocks[name][0](context)) for name in ("system", "user"))
    messages = [Message("system", system.strip())]
    roles = itertools.cycle(_TURNS)
    for role, text in zip(roles, user.split(_TURN_MARK), strict=False):
        messages.append(Message(role, text.strip()))
    answer_prefix = messages.pop().content if messages[-1].role == "assistant" else ""
    return Prompt(tuple(messages), tuple(blocks), answer_prefix)


def plain_prompt(messages: Sequence[Message]) -> Prompt:
    """Return a prompt that consists of the given messages, without a template.

    Raises:
        InputError: the last message is not the user's.
    """
    if not messages or messages[-1].role != "user":
        raise InputError("The last message has to be the user's.")
    return Prompt(
        tuple(Message(one.role, one.content.translate(_REMOVE_MARKS)) for one in messages)
    )


@cache
def _environment(folder: str = "") -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(_sources(folder)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_without_marks,
        autoescape=False,
    )
    environment.filters["as_question"] = _as_question
    return environment


def _as_question(text: str) -> str:
    """Return a text with its final punctuation replaced by a question mark."""
    return f"{text.rstrip(_SENTENCE_ENDS)}?"


def _without_marks(value: object) -> str:
    return value if isinstance(value, _Mark) else str(value).translate(_REMOVE_MARKS)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def prompts_fingerprint(folder: str = "") -> str:
    """Return a short digest of all templates, to distinguish answers to different prompts."""
    digest = hashlib.sha256()
    for name, source in sorted(_sources(folder).items()):
        digest.update(name.encode() + b"\0" + source.encode())
    return digest.hexdigest()[:12]


def _sources(folder: str) -> dict[str, str]:
    """Return the templates by file name: the shipped ones and their overrides."""
    shipped = _templates_in(packaged_data("prompts"))
    if not folder:
        return shipped
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise InputError(f"There is no folder {path}. Set prompts to a folder of templates.")
    # The template of a paper cannot be overridden: cached cells depend on it.
    allowed = shipped.keys() - {_PAPER_TEMPLATE}
    overrides = _templates_in(path)
    if unknown := sorted(overrides.keys() - allowed):
        raise InputError(
            f"{path / unknown[0]} does not override a template. "
            f"Name it after one of: {', '.join(sorted(allowed))}."
        )
    return shipped | overrides


def _templates_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.jinja")}
