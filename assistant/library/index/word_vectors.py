"""The vectors of single words, for comparing their meanings."""

import json
import logging
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.library.index.embedder import Embedder
from assistant.library.storage.damage import is_damage
from assistant.library.storage.database import create_private, one_transaction
from assistant.library.storage.derived import copy_in_memory, delete_database
from assistant.library.storage.disk_errors import is_out_of_room
from assistant.library.storage.read_only import is_read_only
from assistant.library.vector import STORED_TYPE, Vector

_log = logging.getLogger(__name__)
# Above this number the words in memory are forgotten, and read again when they are needed.
# 65,536 vectors of 384 numbers take 100 MB; the words of one search are some 8,000.
_MAX_IN_MEMORY = 65_536
# Words multiplied at a time: few enough that BLAS uses one thread. For a whole search it would wake
# the others, which takes five times the processor time.
_BATCH = 32


class WordVectors:
    """A cache of word vectors in a SQLite file. Any thread may call it.

    The vectors depend only on the words and the embedder, so the file may be deleted at any time.
    Only the vectors that were needed are read into memory, so that opening a large library takes no
    longer and its rare words take no memory.
    """

    def __init__(self, path: Path, embedder: Embedder) -> None:
        """Set the file; it is opened, or created, on first use."""
        self._path = path
        self._embedder = embedder
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        # The vectors in memory are the first rows of a matrix with spare capacity.
        self._rows: dict[str, int] = {}
        self._matrix = np.zeros((0, 0), dtype=np.float32)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            self._close()

    def _close(self) -> None:
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
        """Return the cosines between words, shape (len(words), len(others)), float32."""
        if not words or not others:
            return np.zeros((len(words), len(others)), dtype=np.float32)
        with self._lock:
            rows = self._rows_of([*words, *others])
            # The words of several papers repeat each other.
            distinct, columns = np.unique(rows[len(words) :], return_inverse=True)
            batches = np.resize(distinct, (-(-len(distinct) // _BATCH), _BATCH))
            products = self._matrix[batches] @ self._matrix[rows[: len(words)]].T
        cosines: Vector = products.reshape(-1, len(words))[columns].T
        return cosines

    def add(self, words: Sequence[str]) -> None:
        """Compute and store the vectors of words that have none yet."""
        with self._lock:
            self._rows_of(words)

    def _rows_of(self, words: Sequence[str]) -> list[int]:
        """Return the matrix rows of the words, reading or computing missing vectors."""
        if len(self._rows) > _MAX_IN_MEMORY:
            self._forget()
        rows = list(map(self._rows.get, words))
        if None in rows:
            missing = [word for word in dict.fromkeys(words) if word not in self._rows]
            self._read(missing)
            if unknown := [word for word in missing if word not in self._rows]:
                self._embed(unknown)
        return [self._rows[word] for word in words]

    def _forget(self) -> None:
        self._rows.clear()
        self._matrix = np.zeros((0, 0), dtype=np.float32)

    def _read(self, words: Sequence[str]) -> None:
        """Read the stored vectors of words; a damaged file is replaced by an empty one."""
        try:
            self._load(words)
        except (sqlite3.DatabaseError, ValueError) as error:
            if isinstance(error, sqlite3.Error) and not is_damage(error):
                raise
            _log.warning("%s is damaged (%s): its vectors are recomputed.", self._path, error)
            self._close()
            delete_database(self._path)
            self._load(words)

    def _load(self, words: Sequence[str]) -> None:
        if self._database is None:
            self._database = self._connect()
        known = self._database.execute(
            "SELECT word, vector FROM words "
            "WHERE word IN (SELECT value FROM json_each(?)) AND embedder = ?",
            (json.dumps(words), self._embedder.name),
        ).fetchall()
        if not known:
            return
        stored = np.frombuffer(b"".join(vector for _, vector in known), dtype=STORED_TYPE)
        vectors = stored.reshape(len(known), -1).astype(np.float32)
        if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) < 0.1):
            raise ValueError("vectors have changed")
        self._append([str(word) for word, _ in known], vectors)

    def _connect(self) -> sqlite3.Connection:
        if is_read_only(self._path if self._path.exists() else self._path.parent):
            database = copy_in_memory(self._path)
        else:
            create_private(self._path)
            database = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(
                "CREATE TABLE IF NOT EXISTS words (word TEXT, embedder TEXT, vector BLOB, "
                "PRIMARY KEY (word, embedder)) WITHOUT ROWID"
            )
        except BaseException:
            database.close()
            raise
        return database

    def _append(self, words: Sequence[str], vectors: Vector) -> None:
        """Add new words with their vectors, shape (len(words), dimension)."""
        count = len(self._rows)
        needed = count + len(words)
        if needed > len(self._matrix):
            grown = np.zeros((needed + needed // 4, vectors.shape[1]), dtype=np.float32)
            if count:
                grown[:count] = self._matrix[:count]
            self._matrix = grown
        self._matrix[count:needed] = vectors
        self._rows |= zip(words, range(count, needed), strict=True)

    def _embed(self, words: Sequence[str]) -> None:
        assert self._database is not None
        vectors = self._embedder.embed(words).astype(STORED_TYPE)
        self._append(words, vectors.astype(np.float32))
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
