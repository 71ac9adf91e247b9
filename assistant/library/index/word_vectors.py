"""The vectors of single words: what tells that two words mean about the same."""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.library.database import one_transaction
from assistant.library.index.embedder import Embedder
from assistant.library.vector import Vector

# Half the size of float32; a cosine changes by less than 0.001.
_STORED = np.float16


class WordVectors:
    """Each word's vector, made once and kept in a file. Any thread may call it.

    The file is derived from the words and the embedder alone: it may be deleted at any time.
    """

    def __init__(self, path: Path, embedder: Embedder) -> None:
        """Name the file; it is opened, or made if it is new, when it is first used."""
        self._path = path
        self._embedder = embedder
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        # The vectors are the first rows of a table that has room for more.
        self._rows: dict[str, int] = {}
        self._table = np.zeros((0, 0), dtype=np.float32)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def of(self, words: Sequence[str]) -> Vector:
        """Return the words' unit vectors, shape (len(words), dimension), float32."""
        if not words:
            return np.zeros((0, self._embedder.dimension), dtype=np.float32)
        with self._lock:
            rows = self._rows_of(words)
            return self._table[rows]

    def cosines(self, words: Sequence[str], others: Sequence[str]) -> Vector:
        """Return the cosines of words to other words, shape (len(words), len(others)), float32.

        To take them from the cosines to all words that are known costs less than to gather the
        vectors of thousands of others.
        """
        if not words or not others:
            return np.zeros((len(words), len(others)), dtype=np.float32)
        with self._lock:
            rows, columns = self._rows_of(words), self._rows_of(others)
            return (self._table[rows] @ self._table[: len(self._rows)].T)[:, columns]

    def learn(self, words: Sequence[str]) -> None:
        """Make the vectors of words that have none yet."""
        with self._lock:
            self._rows_of(words)

    def _rows_of(self, words: Sequence[str]) -> list[int]:
        """Return the rows of the table that hold the words' vectors; made if they are not there."""
        self._open()
        missing = [word for word in dict.fromkeys(words) if word not in self._rows]
        if missing:
            self._embed(missing)
        return [self._rows[word] for word in words]

    def _open(self) -> None:
        if self._database is not None:
            return
        database = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(
            "CREATE TABLE IF NOT EXISTS words "
            "(word TEXT, embedder TEXT, vector BLOB, PRIMARY KEY (word, embedder)) WITHOUT ROWID"
        )
        self._rows.clear()
        known = database.execute(
            "SELECT word, vector FROM words WHERE embedder = ?", (self._embedder.name,)
        ).fetchall()
        if known:
            stored = np.frombuffer(b"".join(vector for _, vector in known), dtype=_STORED)
            self._append([str(word) for word, _ in known], stored.reshape(len(known), -1))
        self._database = database

    def _append(self, words: Sequence[str], vectors: npt.NDArray[np.float16]) -> None:
        """Add words that the table lacks, with their vectors of shape (len(words), dimension)."""
        count = len(self._rows)
        needed = count + len(words)
        if needed > len(self._table):
            grown = np.zeros((2 * needed, vectors.shape[1]), dtype=np.float32)
            if count:
                grown[:count] = self._table[:count]
            self._table = grown
        self._table[count:needed] = vectors
        self._rows |= zip(words, range(count, needed), strict=True)

    def _embed(self, words: Sequence[str]) -> None:
        assert self._database is not None
        vectors = self._embedder.embed(words).astype(_STORED)
        self._append(words, vectors)
        with one_transaction(self._database):
            self._database.executemany(
                "INSERT OR IGNORE INTO words VALUES (?, ?, ?)",
                (
                    (word, self._embedder.name, vector.tobytes())
                    for word, vector in zip(words, vectors, strict=True)
                ),
            )
