"""The index of a catalogue as a whole: which chunks have vectors, and replacing them all."""

import json
from collections.abc import Iterable
from pathlib import Path

from assistant.library.storage.database import Database

_TAKE_INDEX = (
    "DELETE FROM sentence_vectors",
    "DELETE FROM chunks",
    "DELETE FROM stale_vectors",
    "INSERT INTO chunks SELECT * FROM other.chunks",
    "INSERT INTO sentence_vectors SELECT * FROM other.sentence_vectors",
    "UPDATE papers SET indexed = coalesce("
    "(SELECT indexed FROM other.papers AS same WHERE same.number = papers.number), 0)",
    "INSERT OR REPLACE INTO meta SELECT * FROM other.meta WHERE key IN ('embedder', 'vectors')",
    "INSERT INTO words (words) VALUES ('rebuild')",
    "INSERT INTO metadata_words (metadata_words) VALUES ('rebuild')",
)


class ChunkIndex:
    """The chunks that are searched, and their vectors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_vectors(self) -> bool:
        """Return whether any paper is indexed."""
        return bool(self._database.rows("SELECT 1 FROM papers WHERE indexed = 1 LIMIT 1"))

    def count_vectors(self) -> int:
        """Return the number of vectors that are searched, including stale ones."""
        [(count,)] = self._database.rows(
            "SELECT (SELECT count(*) FROM chunks WHERE level <> 'sentence') "
            "+ (SELECT count(*) FROM stale_vectors)"
        )
        return int(str(count))

    def without_vectors(self, chunk_ids: Iterable[int]) -> list[int]:
        """Return the searched chunks of indexed papers that are missing from the given ones."""
        rows = self._database.rows(
            "SELECT chunks.id FROM chunks JOIN papers ON papers.number = chunks.paper "
            "WHERE level <> 'sentence' AND indexed = 1 "
            "AND chunks.id NOT IN (SELECT value FROM json_each(?))",
            json.dumps(list(chunk_ids)),
        )
        return [int(str(row[0])) for row in rows]

    def mark_all_unindexed(self, *, embedder: str) -> None:
        """Mark all papers as not indexed, and record the embedder that will index them."""
        with self._database.transaction():
            self._database.execute("UPDATE papers SET indexed = 0")
            self._database.execute("DELETE FROM stale_vectors")
            self._database.execute("DELETE FROM sentence_vectors")
            self._database.execute("UPDATE meta SET value = ? WHERE key = 'embedder'", embedder)

    def replace(self, path: Path) -> None:
        """Replace chunks, vectors and word indexes at once.

        Args:
            path: a copy of this catalogue with the new chunks and vectors.
        """
        with self._database.exclusive():
            self._database.execute("ATTACH ? AS other", str(path))
            try:
                with self._database.transaction():
                    for sql in _TAKE_INDEX:
                        self._database.execute(sql)
            finally:
                self._database.execute("DETACH other")
