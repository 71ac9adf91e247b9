"""The vectors of single words: what tells that two words mean about the same."""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.library.embedder import Embedder, Vector

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
        self._known: dict[str, Vector] = {}

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
            self._open()
            missing = [word for word in dict.fromkeys(words) if word not in self._known]
            if missing:
                self._learn(missing)
            return np.stack([self._known[word] for word in words])

    def _open(self) -> None:
        if self._database is not None:
            return
        database = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(
            "CREATE TABLE IF NOT EXISTS words "
            "(word TEXT, embedder TEXT, vector BLOB, PRIMARY KEY (word, embedder)) WITHOUT ROWID"
        )
        self._known = {
            str(word): np.frombuffer(vector, dtype=_STORED).astype(np.float32)
            for word, vector in database.execute(
                "SELECT word, vector FROM words WHERE embedder = ?", (self._embedder.name,)
            )
        }
        self._database = database

    def _learn(self, words: Sequence[str]) -> None:
        assert self._database is not None
        vectors = self._embedder.embed(words).astype(_STORED)
        self._known |= zip(words, vectors.astype(np.float32), strict=True)
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany(
            "INSERT OR IGNORE INTO words VALUES (?, ?, ?)",
            (
                (word, self._embedder.name, vector.tobytes())
                for word, vector in zip(words, vectors, strict=True)
            ),
        )
        self._database.execute("COMMIT")
