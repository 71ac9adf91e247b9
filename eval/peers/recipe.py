"""The interface between a peer's recipe and the comparison."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from assistant.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts that a peer shares with the assistant, so that only the recipe differs.

    Attributes:
        papers: papers of the assistant's library.
        embedder: sentence-transformers folder of the assistant's embedder.
        model: GGUF file of the assistant's model.
        threads: number of CPU threads for the model.
        context_tokens: context size of the model.
        max_answer_tokens: maximum length of an answer.
        folder: temporary folder for the peer's index.
    """

    papers: Sequence[Paper]
    embedder: Path
    model: Path
    threads: int
    context_tokens: int
    max_answer_tokens: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Reply:
    """A peer's answer while it is generated.

    Attributes:
        titles: titles of the papers whose chunks the model is shown, best first, with duplicates.
        pieces: the text of the answer, piece by piece.
    """

    titles: tuple[str, ...]
    pieces: Iterable[str]


Answerer: TypeAlias = Callable[[str], Reply]
"""Answers a question."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to build a peer.

    Attributes:
        name: its name for display.
        packages: the packages it needs, by their names on PyPI.
        build: indexes the papers, loads the model, and returns a function that answers.
    """

    name: str
    packages: tuple[str, ...]
    build: Callable[[Parts], Answerer]


def paper_text(paper: Paper) -> str:
    """Return the document that a peer indexes for a paper: the title, then the abstract."""
    return f"{paper.title}\n\n{paper.abstract}"
