"""Chooses a reply from the topics of `topics.toml`, without searching the papers."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.library import Embedder, Vector

_TOPICS = Path(__file__).with_name("topics.toml")


@dataclass(frozen=True, slots=True)
class Topic:
    """A reply and examples of the remarks that it answers.

    Attributes:
        name: a label for people who edit the file; not used by the program.
        reply: plain text.
        examples: remarks that get this reply.
    """

    name: str
    reply: str
    examples: tuple[str, ...]


def reply_to(remark: str, embedder: Embedder) -> str:
    """Return the reply of the topic that has the example nearest to a remark (by cosine)."""
    owners = [topic for topic in load_topics() for _ in topic.examples]
    return owners[int(np.argmax(_similarities(remark, embedder)))].reply


def reply_similarity(remark: str, embedder: Embedder) -> float:
    """Return the cosine of a remark to the nearest example of all topics."""
    return float(_similarities(remark, embedder).max())


def _similarities(remark: str, embedder: Embedder) -> Vector:
    examples = tuple(example for topic in load_topics() for example in topic.examples)
    similarities: Vector = _embedded(embedder, examples) @ embedder.embed_question(remark)
    return similarities


@lru_cache(maxsize=1)
def load_topics() -> tuple[Topic, ...]:
    """Return the topics of `topics.toml`."""
    record = tomllib.loads(_TOPICS.read_text(encoding="utf-8"))
    return tuple(
        Topic(topic["name"], topic["reply"], tuple(topic["examples"])) for topic in record["topic"]
    )


@lru_cache(maxsize=2)
def _embedded(embedder: Embedder, examples: tuple[str, ...]) -> Vector:
    return embedder.embed(list(examples))
