"""The vectors of sentences. They are looked up by chunk id and never searched."""

import json
from collections.abc import Iterable, Mapping
from typing import cast

import numpy as np

from assistant.library.storage.database import Database
from assistant.library.vector import STORED_TYPE, Vector


class SentenceVectors:
    """The stored vectors of a catalogue's sentences, by chunk id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store(self, vectors: Mapping[int, Vector]) -> None:
        """Store vectors, replacing those already there."""
        with self._database.transaction():
            self._database.execute_many(
                "INSERT OR REPLACE INTO sentence_vectors VALUES (?, ?)",
                [(id_, vector.astype(STORED_TYPE).tobytes()) for id_, vector in vectors.items()],
            )

    def get(self, chunk_ids: Iterable[int]) -> dict[int, Vector]:
        """Return the vectors of sentences; ids without one are left out."""
        rows = self._database.rows(
            "SELECT chunk, vector FROM sentence_vectors "
            "WHERE chunk IN (SELECT value FROM json_each(?))",
            json.dumps(list(chunk_ids)),
        )
        return {
            int(str(id_)): np.frombuffer(cast(bytes, vector), STORED_TYPE).astype(np.float32)
            for id_, vector in rows
        }
