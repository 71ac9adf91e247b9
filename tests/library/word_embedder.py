"""An embedder without a model: a vector is made of the words of a text, by hashing."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.library import Embedder, Vector

_DIMENSION = 64


class WordEmbedder(Embedder):
    """Texts with the same words have near vectors. It loads in no time, in any process."""

    def __init__(self, name: str = "words") -> None:
        super().__init__(name, Path())

    @property
    def window(self) -> int:
        return 256

    def word_pieces(self, text: str) -> int:
        return len(text.split())

    def embed(self, texts: Sequence[str]) -> Vector:
        return np.stack([_vector(text) for text in texts])


def _vector(text: str) -> Vector:
    words = text.lower().split() or [""]
    seeds = [zlib.crc32(word.strip(".,:;").encode()) for word in words]
    vector = np.sum([np.random.default_rng(seed).normal(size=_DIMENSION) for seed in seeds], axis=0)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
