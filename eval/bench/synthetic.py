"""Synthetic papers, questions about them, and an embedder without a model."""

import json
import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.library import Embedder, Vector
from assistant.papers import Paper

_SYLLABLES = "ba co di fu ge ha lo ka mi no pe qua ri so tu ve wi xa yo za".split()
# Zipf-distributed, so that a longer collection has more words (Heaps' law).
_VOCABULARY = 200_000
# As the sample papers, whose abstracts have 7 sentences of 21 words in the mean.
_SENTENCES = (5, 9)
_SENTENCE_WORDS = (13, 29)
_DIMENSION = 384


def synthetic_papers(count: int, seed: int = 0) -> Iterator[Paper]:
    """Yield papers of the usual length of arXiv abstracts, with Zipf-distributed words.

    Args:
        count: number of papers.
        seed: seed of the random words.
    """
    rng = random.Random(seed)
    words = ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 5))) for _ in range(_VOCABULARY)]
    weights = np.cumsum(1.0 / np.arange(1, _VOCABULARY + 1)).tolist()

    def sentence(length: int) -> str:
        return " ".join(rng.choices(words, cum_weights=weights, k=length)).capitalize()

    for number in range(count):
        yield Paper(
            title=sentence(9),
            abstract=" ".join(
                f"{sentence(rng.randint(*_SENTENCE_WORDS))}."
                for _ in range(rng.randint(*_SENTENCES))
            ),
            authors=("Ada Frost", "Bo Melt"),
            year=2000 + number % 25,
            arxiv_id=f"{number // 10_000:04}.{number % 10_000:05}",
            source="made up",
        )


def write_arxiv_dump(path: Path, count: int) -> None:
    """Write synthetic papers in the format of arXiv's metadata dump."""
    with path.open("w", encoding="utf-8") as file:
        for paper in synthetic_papers(count):
            record = {
                "id": paper.arxiv_id,
                "submitter": paper.authors[0],
                "title": paper.title,
                "abstract": paper.abstract,
                "authors_parsed": [name.split()[::-1] for name in paper.authors],
                "update_date": f"{paper.year}-01-01",
            }
            file.write(json.dumps(record) + "\n")


def questions(papers: Sequence[Paper], count: int) -> list[str]:
    """Return questions, each made of half the words of a random paper's third sentence."""
    chosen = random.Random(1).choices(papers, k=count)
    return [" ".join(paper.abstract.split(". ")[2].split()[::2]) + "?" for paper in chosen]


class RandomEmbedder(Embedder):
    """An embedder without a model: a text has a random unit vector, seeded by its content."""

    def __init__(self) -> None:
        super().__init__("random", Path())

    def load(self) -> None:
        """Do nothing, since there is no model."""

    def word_pieces(self, text: str) -> int:
        """Return an estimate: two word pieces per word."""
        return 2 * len(text.split())

    def embed(self, texts: Sequence[str]) -> Vector:
        """Return unit vectors, shape (len(texts), 384)."""
        vectors = np.stack(
            [
                np.random.default_rng(zlib.crc32(text.encode())).standard_normal(_DIMENSION)
                for text in texts
            ]
        )
        return np.asarray(
            vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32
        )
