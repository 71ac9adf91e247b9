"""Pending index work: papers without vectors, and vectors of chunks that no longer exist."""

import json
from collections.abc import Iterable

from assistant.library.storage.database import Database


class PendingWork:
    """What remains to be done to bring the vectors up to date with the catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def papers(self, limit: int) -> list[str]:
        """Return the ids of papers whose chunks have no vectors yet, at most ``limit``."""
        rows = self._database.rows(
            "SELECT id FROM papers WHERE indexed = 0 ORDER BY number LIMIT ?", limit
        )
        return [str(row[0]) for row in rows]

    def count_papers(self) -> int:
        """Return the number of papers whose chunks have no vectors yet."""
        [(count,)] = self._database.rows("SELECT count(*) FROM papers WHERE indexed = 0")
        return int(str(count))

    def mark_indexed(self, paper_ids: Iterable[str]) -> None:
        """Record that the vectors of these papers are stored."""
        with self._database.transaction():
            self._database.execute_many(
                "UPDATE papers SET indexed = 1 WHERE id = ?", [(id_,) for id_ in paper_ids]
            )

    def stale_vectors(self) -> list[int]:
        """Return the chunk ids of the vectors that are to be deleted."""
        return [int(str(row[0])) for row in self._database.rows("SELECT chunk FROM stale_vectors")]

    def add_stale(self, chunk_ids: Iterable[int]) -> None:
        """Record which of the vectors have no chunk any more, so that they are deleted."""
        with self._database.transaction():
            # The level of such a vector is unknown, so it is deleted from all levels.
            self._database.execute(
                "INSERT OR IGNORE INTO stale_vectors SELECT value, 'chunk' FROM json_each(?) "
                "WHERE value NOT IN (SELECT id FROM chunks)",
                json.dumps(list(chunk_ids)),
            )

    def mark_deleted(self, chunk_ids: Iterable[int]) -> None:
        """Record that these stale vectors are deleted."""
        with self._database.transaction():
            self._database.execute_many(
                "DELETE FROM stale_vectors WHERE chunk = ?", [(id_,) for id_ in chunk_ids]
            )
