"""Chunks: the parts of an abstract that have their own vectors."""

from dataclasses import dataclass
from typing import Literal

from assistant.papers import Paper
from assistant.text.sentences import Span

Level = Literal["abstract", "chunk", "sentence"]
"""The size of a chunk: the whole abstract, about three sentences, or one sentence."""

SEARCHED: tuple[Level, ...] = ("abstract", "chunk")
"""The levels with a vector index. Vectors of sentences are only looked up by id."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of one paper's abstract that has a vector.

    Attributes:
        id: unique in the catalogue and never reused.
        level: its size.
        paper: the paper it belongs to.
        span: its position, in characters of the abstract.
    """

    id: int
    level: Level
    paper: Paper
    span: Span

    @property
    def text(self) -> str:
        """The text of the span, without the title."""
        return self.span.of(self.paper.abstract)
