"""The vectors of a library's chunks in Chroma; derived from the catalogue, never the truth."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.library.catalogue import LEVELS, Chunk, Level
from assistant.library.embedder import Vector

if TYPE_CHECKING:
    from chromadb import Collection


class Vectors:
    """One Chroma collection a level, cosine distance, ids are the chunks' ids."""

    def __init__(self, folder: Path, *, embedder: str, dimension: int) -> None:
        # Importing chromadb takes a second.
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        self._client = chromadb.PersistentClient(
            str(folder), settings=ChromaSettings(anonymized_telemetry=False)
        )
        self._metadata = {"embedder": embedder, "dimension": dimension}
        self._collections = {level: self._collection(level) for level in LEVELS}

    def _collection(self, level: Level) -> "Collection":
        return self._client.get_or_create_collection(
            f"{level}s",
            metadata=self._metadata,
            configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
            embedding_function=None,
        )

    def store(self, chunks: Sequence[Chunk], vectors: Vector) -> None:
        """Store the chunks' vectors, shape (len(chunks), dimension); replace those there."""
        for level in LEVELS:
            rows = [row for row, chunk in enumerate(chunks) if chunk.level == level]
            if rows:
                self._collections[level].upsert(
                    ids=[str(chunks[row].id) for row in rows],
                    embeddings=vectors[rows],
                    metadatas=[{"paper": chunks[row].paper.id} for row in rows],
                )

    def delete(self, level: Level, chunk_ids: Sequence[int]) -> None:
        """Delete vectors; ids without one are passed over."""
        if chunk_ids:
            self._collections[level].delete(ids=[str(id_) for id_ in chunk_ids])

    def nearest(self, level: Level, vector: Vector, limit: int) -> list[tuple[int, float]]:
        """Return the ids of the chunks nearest to a unit vector of shape (dimension,).

        Returns:
            Pairs of chunk id and cosine similarity, best first, at most ``limit``.
        """
        collection = self._collections[level]
        limit = min(limit, collection.count())
        if limit == 0:
            return []
        found = collection.query(
            query_embeddings=vector[None, :], n_results=limit, include=["distances"]
        )
        distances = found["distances"]
        assert distances is not None
        return [
            (int(id_), 1.0 - distance)
            for id_, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def get(self, level: Level, chunk_ids: Sequence[int]) -> dict[int, Vector]:
        """Return the stored vectors of these chunks by id; those without one are left out."""
        found = self._collections[level].get(
            ids=[str(id_) for id_ in chunk_ids], include=["embeddings"]
        )
        embeddings = found["embeddings"]
        assert embeddings is not None
        return {int(id_): row for id_, row in zip(found["ids"], embeddings, strict=True)}

    def count(self) -> int:
        """Return how many vectors are stored over all levels."""
        return sum(collection.count() for collection in self._collections.values())

    def clear(self) -> None:
        """Delete all vectors, also those of another embedder or dimension."""
        for level in LEVELS:
            self._client.delete_collection(f"{level}s")
        self._collections = {level: self._collection(level) for level in LEVELS}
