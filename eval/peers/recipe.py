"""What a peer is made of, and what it gives back: the seam between a recipe and the run."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from assistant.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts that a peer shares with ours, so that only the recipe differs.

    Attributes:
        papers: those of our library.
        embedder: our embedder's sentence-transformers folder.
        model: our model's GGUF file.
        threads: CPU threads for the model.
        context_tokens: the context the model is opened with.
        max_answer_tokens: where an answer is cut.
        folder: where a peer may keep its index; deleted after the run.
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
    """A peer's answer while it is being written.

    Attributes:
        titles: of the papers whose chunks the model is shown, best first; one may come twice.
        pieces: the answer's text, piece by piece.
    """

    titles: tuple[str, ...]
    pieces: Iterable[str]


Answering: TypeAlias = Callable[[str], Reply]
"""Answers a question."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one peer is built.

    Attributes:
        name: as people write it.
        packages: what it stands on, as the package index calls them.
        build: indexes the papers and loads the model; what it returns is ready to answer.
    """

    name: str
    packages: tuple[str, ...]
    build: Callable[[Parts], Answering]


def paper_text(paper: Paper) -> str:
    """Return what a peer indexes of a paper: one document with the title above the abstract."""
    return f"{paper.title}\n\n{paper.abstract}"
