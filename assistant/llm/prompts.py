"""The prompt templates in `prompts/`: one Jinja file a purpose, with a system and a user block."""

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

# Characters for private use mark where a block or a message's content goes. They are taken out of
# everything that papers and people write.
BLOCK_MARKS = ("\ue002", "\ue003")
CONTENT_MARKS = ("\ue000", "\ue001")
_TURN_MARK = "\ue004"  # between what the user and the model said
_NO_MARKS = str.maketrans("", "", "".join((*BLOCK_MARKS, *CONTENT_MARKS, _TURN_MARK)))

_PAPER = "paper.jinja"
_ENDS = string.whitespace + "?!.,;:…"

_TURNS: tuple[Literal["user", "assistant"], ...] = ("user", "assistant")


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat; its content may hold marks where blocks go."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paper in a prompt: all its sentences, and which of them the model is shown.

    Attributes:
        title: of the paper.
        sentences: of the whole abstract.
        shown: the places of the evidence among the sentences, in order.
    """

    title: str
    sentences: tuple[str, ...]
    shown: tuple[int, ...]

    def pieces(self) -> list[str]:
        """Return the block's text, a piece the title and a piece each sentence."""
        template = _environment().get_template(_PAPER)
        text = template.render(
            title=_on_one_line(self.title), sentences=[_on_one_line(s) for s in self.sentences]
        )
        return text.splitlines(keepends=True)

    def shown_pieces(self) -> list[int]:
        """Return the places of the pieces that the model is shown: the title, the evidence."""
        return [0, *(place + 1 for place in self.shown)]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A chat up to where the model's answer begins, and the blocks in it.

    Attributes:
        messages: the turns; the last one is the user's.
        blocks: the papers in it.
        begun: what the model's answer begins with; it writes on from there.
    """

    messages: tuple[Message, ...]
    blocks: tuple[Block, ...] = ()
    begun: str = ""


class _Mark(str):
    """A mark of our own, which the template prints as it is."""

    __slots__ = ()


def render_prompt(
    purpose: str, blocks: Sequence[Block] = (), folder: str = "", **values: object
) -> Prompt:
    """Return the prompt of ``prompts/<purpose>.jinja`` filled with the values.

    The template's ``system`` and ``user`` blocks become a message each; it finds the papers as
    ``papers``. In the user's block ``{{ model_turn }}`` begins what the model said before and
    ``{{ user_turn }}`` what the user said next, each a message of its own; a turn of the model at
    the end is what its answer begins with. A value that is needed and not given is an error, not an
    empty string.

    Args:
        purpose: name of the template.
        blocks: the papers.
        folder: its templates take the place of the shipped ones of the same name; empty for none.
        values: by the names that the template gives them.

    Raises:
        InputError: the folder does not exist, or holds a template that takes no other's place or
            cannot be filled.
    """
    try:
        return _rendered(purpose, blocks, folder, values)
    except jinja2.TemplateError as error:
        if not folder:
            raise
        raise InputError(
            f"{purpose}.jinja cannot be filled with the templates in {folder}: {error}. Mend it "
            "after the one that ships, or leave the setting prompts empty."
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
    # Rendering the whole fills in the blocks that the template inherits.
    deque(template.root_render_func(context), maxlen=0)
    system, user = ("".join(context.blocks[name][0](context)) for name in ("system", "user"))
    messages = [Message("system", system.strip())]
    roles = itertools.cycle(_TURNS)
    for role, text in zip(roles, user.split(_TURN_MARK), strict=False):
        messages.append(Message(role, text.strip()))
    begun = messages.pop().content if messages[-1].role == "assistant" else ""
    return Prompt(tuple(messages), tuple(blocks), begun)


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
    """Return a text with a question mark at its end, in place of other marks that end sentences."""
    return f"{text.rstrip(_ENDS)}?"


def _without_marks(value: object) -> str:
    return value if isinstance(value, _Mark) else str(value).translate(_NO_MARKS)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def prompts_fingerprint(folder: str = "") -> str:
    """Return a short digest of all templates: answers of different prompts are told apart by it."""
    digest = hashlib.sha256()
    for name, source in sorted(_sources(folder).items()):
        digest.update(name.encode() + b"\0" + source.encode())
    return digest.hexdigest()[:12]


def _sources(folder: str) -> dict[str, str]:
    """Return the templates by file name: the shipped ones, and those that take their places."""
    shipped = _templates_in(packaged_data("prompts"))
    if not folder:
        return shipped
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise InputError(f"There is no folder {path}. Set prompts to a folder of templates.")
    # How a paper stands in a prompt is what was read ahead: that template stays.
    allowed = shipped.keys() - {_PAPER}
    own = _templates_in(path)
    if wrong := sorted(own.keys() - allowed):
        raise InputError(
            f"{path / wrong[0]} takes no template's place. "
            f"Name it after one of: {', '.join(sorted(allowed))}."
        )
    return shipped | own


def _templates_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.jinja")}
