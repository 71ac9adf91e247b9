"""The vectors of single words, kept in a file of the library folder."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.library import Embedder, Vector
from assistant.library.index.word_vectors import WordVectors
from assistant.models import locate


class CountingEmbedder(Embedder):
    """The real embedder, which also notes the texts that it embeds."""

    def __init__(self) -> None:
        super().__init__("all-minilm-l6-v2", locate("all-minilm-l6-v2"))
        self.seen: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vector:
        self.seen += texts
        return super().embed(texts)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "words.sqlite"


def test_words_come_back_in_the_order_asked_with_the_embedders_vectors(
    embedder: Embedder, path: Path
) -> None:
    words = ["tram", "parrot", "tram"]
    vectors = WordVectors(path, embedder).of(words)
    np.testing.assert_allclose(vectors, embedder.embed(words), atol=2e-3)


def test_words_alike_are_nearer_than_others(embedder: Embedder, path: Path) -> None:
    photo, image, yeast = WordVectors(path, embedder).of(["photo", "image", "yeast"])
    assert photo @ image > 0.5 > photo @ yeast


def test_a_word_is_embedded_once_even_after_the_file_was_opened_again(path: Path) -> None:
    embedder = CountingEmbedder()
    first = WordVectors(path, embedder)
    first.of(["tram", "parrot"])
    first.of(["parrot", "dough"])
    first.close()
    WordVectors(path, embedder).of(["dough", "tram"])
    assert embedder.seen == ["tram", "parrot", "dough"]


def test_the_cosines_of_words_are_those_of_their_vectors(embedder: Embedder, path: Path) -> None:
    vectors = WordVectors(path, embedder)
    asked, others = ["tram", "loaf"], ["bread", "railway", "tram", "bread", "glacier"]
    expected = embedder.embed(asked) @ embedder.embed(others).T
    np.testing.assert_allclose(vectors.cosines(asked, others), expected, atol=2e-3)
    assert vectors.cosines([], others).shape == (0, 5)
    assert vectors.cosines(asked, []).shape == (2, 0)


def test_no_words_have_no_vectors(embedder: Embedder, path: Path) -> None:
    assert WordVectors(path, embedder).of([]).shape == (0, embedder.dimension)


def test_another_embedders_vectors_are_not_used(embedder: Embedder, path: Path) -> None:
    WordVectors(path, embedder).of(["tram"])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE words SET embedder = 'another', vector = zeroblob(768)")
    assert np.linalg.norm(WordVectors(path, embedder).of(["tram"])[0]) == pytest.approx(1, abs=0.01)
