"""The cache of word vectors."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from small_disk import filled, small_disk

from assistant.library import Embedder, Vector
from assistant.library.index import word_vectors
from assistant.library.index.word_vectors import WordVectors
from assistant.models import locate


class CountingEmbedder(Embedder):
    """The real embedder; it also records the texts that it embeds."""

    def __init__(self) -> None:
        super().__init__("all-minilm-l6-v2", locate("all-minilm-l6-v2"))
        self.seen: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vector:
        self.seen += texts
        return super().embed(texts)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "words.sqlite"


def test_vectors_are_those_of_the_embedder_in_order_of_the_words(
    embedder: Embedder, path: Path
) -> None:
    words = ["tram", "parrot", "tram"]
    vectors = WordVectors(path, embedder).of(words)
    np.testing.assert_allclose(vectors, embedder.embed(words), atol=2e-3)


def test_similar_words_are_nearer_than_unrelated_ones(embedder: Embedder, path: Path) -> None:
    photo, image, yeast = WordVectors(path, embedder).of(["photo", "image", "yeast"])
    assert photo @ image > 0.5 > photo @ yeast


def test_word_is_embedded_once_even_across_reopening(path: Path) -> None:
    embedder = CountingEmbedder()
    first = WordVectors(path, embedder)
    first.of(["tram", "parrot"])
    first.of(["parrot", "dough"])
    first.close()
    WordVectors(path, embedder).of(["dough", "tram"])
    assert embedder.seen == ["tram", "parrot", "dough"]


def test_cosines_are_those_of_the_vectors(embedder: Embedder, path: Path) -> None:
    vectors = WordVectors(path, embedder)
    words, others = ["tram", "loaf"], ["bread", "railway", "tram", "bread", "glacier"]
    expected = embedder.embed(words) @ embedder.embed(others).T
    np.testing.assert_allclose(vectors.cosines(words, others), expected, atol=2e-3)
    assert vectors.cosines([], others).shape == (0, 5)
    assert vectors.cosines(words, []).shape == (2, 0)


def test_no_words_give_empty_matrix(embedder: Embedder, path: Path) -> None:
    assert WordVectors(path, embedder).of([]).shape == (0, embedder.dimension)


def test_vectors_of_another_embedder_are_not_used(embedder: Embedder, path: Path) -> None:
    WordVectors(path, embedder).of(["tram"])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE words SET embedder = 'another', vector = zeroblob(768)")
    assert np.linalg.norm(WordVectors(path, embedder).of(["tram"])[0]) == pytest.approx(1, abs=0.01)


def test_vectors_are_computed_without_room_to_keep_them(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    with small_disk(tmp_path / "disk", "200k") as disk:
        vectors = WordVectors(disk / "words.sqlite", embedder)
        vectors.add(["tram"])
        with filled(disk):
            words = [f"word{number}" for number in range(300)]
            assert vectors.of(words).shape[0] == vectors.of(words).shape[0] == 300
        assert len(embedder.seen) == 301
        vectors.close()
        np.testing.assert_allclose(vectors.of(["tram"]), embedder.embed(["tram"]), atol=2e-3)


def test_words_forgotten_in_a_long_run_keep_their_vectors(
    embedder: Embedder, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_vectors, "_MAX_IN_MEMORY", 2)
    vectors = WordVectors(path, embedder)
    first = vectors.of(["tram", "parrot", "dough"])
    vectors.of(["glacier"])
    np.testing.assert_array_equal(vectors.of(["tram", "parrot", "dough"]), first)


def test_damaged_vectors_are_computed_again(embedder: Embedder, path: Path) -> None:
    WordVectors(path, embedder).add(["tram", "parrot"])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE words SET vector = zeroblob(768) WHERE word = 'parrot'")
    vectors = WordVectors(path, embedder)
    vectors.of(["tram"])
    assert np.linalg.norm(vectors.of(["parrot"])[0]) == pytest.approx(1, abs=0.01)
