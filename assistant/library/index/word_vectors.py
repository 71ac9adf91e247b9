"""The vectors of single words, for comparing their meanings."""

import logging
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.library.index.embedder import Embedder
from assistant.library.storage.damage import is_damage
from assistant.library.storage.database import create_private, one_transaction
from assistant.library.storage.derived import copy_in_memory, delete_database
from assistant.library.storage.disk_errors import is_out_of_room
from assistant.library.storage.read_only import is_read_only
from assistant.library.vector import STORED_TYPE, Vector

_log = logging.getLogger(__name__)


class WordVectors:
    """A cache of word vectors in a SQLite file. Any thread may call it.

    The vectors depend only on the words and the embedder, so the file may be deleted at any time.
    """

    def __init__(self, path: Path, embedder: Embedder) -> None:
        """Set the file; it is opened, or created, on first use."""
        self._path = path
        self._embedder = embedder
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        # The vectors are the first rows of a matrix with spare capacity.
        self._rows: dict[str, int] = {}
        self._matrix = np.zeros((0, 0), dtype=np.float32)

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
            return self._matrix[rows]

    def cosines(self, words: Sequence[str], others: Sequence[str]) -> Vector:
        """Return the cosines between words, shape (len(words), len(others)), float32.

        Multiplying with the matrix of all known words costs less than gathering the vectors of
        thousands of others.
        """
        if not words or not others:
            return np.zeros((len(words), len(others)), dtype=np.float32)
        with self._lock:
            rows, columns = self._rows_of(words), self._rows_of(others)
            return (self._matrix[rows] @ self._matrix[: len(self._rows)].T)[:, columns]

    def add(self, words: Sequence[str]) -> None:
        """Compute and store the vectors of words that have none yet."""
        with self._lock:
            self._rows_of(words)

    def _rows_of(self, words: Sequence[str]) -> list[int]:
        """Return the matrix rows of the words, computing missing vectors."""
        self._open()
        missing = [word for word in dict.fromkeys(words) if word not in self._rows]
        if missing:
            self._embed(missing)
        return [self._rows[word] for word in words]

    def _open(self) -> None:
        if self._database is not None:
            return
        try:
            self._load()
        except (sqlite3.DatabaseError, ValueError) as error:
            if isinstance(error, sqlite3.Error) and not is_damage(error):
                raise
            _log.warning("%s is damaged (%s): its vectors are recomputed.", self._path, error)
            delete_database(self._path)
            self._load()

    def _load(self) -> None:
        if is_read_only(self._path if self._path.exists() else self._path.parent):
            database = copy_in_memory(self._path)
        else:
            create_private(self._path)
            database = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
            database.execute("PRAGMA journal_mode = WAL")
        try:
            database.execute(
                "CREATE TABLE IF NOT EXISTS words (word TEXT, embedder TEXT, vector BLOB, "
                "PRIMARY KEY (word, embedder)) WITHOUT ROWID"
            )
            self._rows.clear()
            known = database.execute(
                "SELECT word, vector FROM words WHERE embedder = ?", (self._embedder.name,)
            ).fetchall()
            if known:
                stored = np.frombuffer(b"".join(vector for _, vector in known), dtype=STORED_TYPE)
                vectors = stored.reshape(len(known), -1)
                if not np.all(np.abs(np.linalg.norm(vectors.astype(np.float32), axis=1) - 1) < 0.1):
                    raise ValueError("vectors have changed")
                self._append([str(word) for word, _ in known], vectors)
        except BaseException:
            database.close()
            raise
        self._database = database

    def _append(self, words: Sequence[str], vectors: npt.NDArray[np.float16]) -> None:
        """Add new words with their vectors, shape (len(words), dimension)."""
        count = len(self._rows)
        needed = count + len(words)
        if needed > len(self._matrix):
            grown = np.zeros((2 * needed, vectors.shape[1]), dtype=np.float32)
            if count:
                grown[:count] = self._matrix[:count]
            self._matrix = grown
        self._matrix[count:needed] = vectors
        self._rows |= zip(words, range(count, needed), strict=True)

    def _embed(self, words: Sequence[str]) -> None:
        assert self._database is not None
        vectors = self._embedder.embed(words).astype(STORED_TYPE)
        self._append(words, vectors)
        rows = [
            (word, self._embedder.name, vector.tobytes())
            for word, vector in zip(words, vectors, strict=True)
        ]
        try:
            with one_transaction(self._database):
                self._database.executemany("INSERT OR IGNORE INTO words VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            if not is_out_of_room(error):
                raise
            _log.warning("%s cannot be written (%s): its vectors are not kept.", self._path, error)
