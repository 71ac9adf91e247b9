"""The vector store in Chroma, derived from the catalogue."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from assistant.errors import LibraryError
from assistant.library.catalogue import SEARCHED, Catalogue, Chunk, Level
from assistant.library.index.embedder import Embedder
from assistant.library.index.vector_record import read_record
from assistant.library.storage.read_only import PrivateCopy, is_read_only
from assistant.library.vector import Vector

if TYPE_CHECKING:
    from chromadb import Collection, Where
    from chromadb.api.client import Client

T = TypeVar("T")

# Chroma's limit on batch size is a few thousand; it depends on the build of SQLite.
_BATCH = 1000
# The names of the collections.
_NAMES: dict[Level, str] = {level: f"{level}s" for level in SEARCHED}


class Vectors:
    """One Chroma collection per searched level, with cosine distance; ids are chunk ids.

    Chroma keeps its index in memory and does not notice writes by other processes: it would miss
    their vectors in a search, and lose them at its own next write. So it is reopened whenever
    another process may have written.

    All methods raise `LibraryError` if Chroma fails.
    """

    def __init__(self, library: Path, embedder: Embedder, catalogue: Catalogue) -> None:
        """Set the folder; it is opened, or created, on first use.

        Args:
            library: the folder of the library.
            embedder: computes the vectors; its name and dimension are stored with them.
            catalogue: the library's catalogue. It records the folder of the vectors, and its
                revision changes when another process has written.
        """
        self._library = library
        self._embedder = embedder
        self._catalogue = catalogue
        self._revision = catalogue.data_version
        self._copy: PrivateCopy | None = None
        self._lock = threading.RLock()
        self._client: Client | None = None
        self._collections: dict[Level, Collection] = {}
        self._opened_at = 0

    def close(self) -> None:
        """Close the files; the next use opens them again."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None
            if self._copy is not None:
                self._copy.close()
                self._copy = None

    @property
    def folder(self) -> Path:
        """The folder with Chroma's files; reindexing changes it."""
        return self._library / read_record(self._catalogue).folder

    def store(self, chunks: Sequence[Chunk], vectors: Vector) -> None:
        """Store vectors of shape (len(chunks), dimension), replacing those already there.

        Chunks of levels that are not searched are ignored.
        """
        for level in SEARCHED:
            rows = [row for row, chunk in enumerate(chunks) if chunk.level == level]
            for batch in _batches(rows):
                self._upsert(level, [chunks[row] for row in batch], vectors[batch])

    def _upsert(self, level: Level, chunks: Sequence[Chunk], vectors: Vector) -> None:
        self._use(
            level,
            lambda collection: collection.upsert(
                ids=[str(chunk.id) for chunk in chunks],
                embeddings=vectors,
                metadatas=[{"paper": chunk.paper.id} for chunk in chunks],
            ),
        )

    def delete(self, level: Level, chunk_ids: Sequence[int]) -> None:
        """Delete vectors; ids without one are ignored."""
        for batch in _batches([str(id_) for id_ in chunk_ids]):
            self._delete(level, batch)

    def _delete(self, level: Level, ids: list[str]) -> None:
        self._use(level, lambda collection: collection.delete(ids=ids))

    def nearest(
        self, level: Level, vector: Vector, limit: int, paper_ids: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return the chunks nearest to a unit vector of shape (dimension,).

        Args:
            level: the chunks' level.
            vector: the query.
            limit: the maximum number of chunks.
            paper_ids: the papers whose chunks are searched; None for all.

        Returns:
            Pairs of chunk id and cosine similarity, best first.
        """

        def query(collection: "Collection") -> list[tuple[int, float]]:
            if paper_ids == []:
                return []
            found = collection.query(
                query_embeddings=vector[None, :],
                n_results=limit,
                where=None if paper_ids is None else _paper_condition(paper_ids),
                include=["distances"],  # including the metadata would double the time
            )
            distances = found["distances"]
            assert distances is not None
            return [
                (int(id_), 1.0 - distance)
                for id_, distance in zip(found["ids"][0], distances[0], strict=True)
            ]

        return self._use(level, query)

    def get(self, level: Level, chunk_ids: Sequence[int]) -> dict[int, Vector]:
        """Return the stored vectors of chunks by id; chunks without one are left out."""
        vectors: dict[int, Vector] = {}
        for batch in _batches([str(id_) for id_ in chunk_ids]):
            vectors.update(self._get(level, batch))
        return vectors

    def _get(self, level: Level, ids: list[str]) -> dict[int, Vector]:
        found = self._use(level, lambda collection: collection.get(ids=ids, include=["embeddings"]))
        embeddings = found["embeddings"]
        assert embeddings is not None
        return {int(id_): row for id_, row in zip(found["ids"], embeddings, strict=True)}

    def count(self) -> int:
        """Return the number of vectors over all levels."""
        return sum(self._use(level, lambda collection: collection.count()) for level in SEARCHED)

    def _use(self, level: Level, operation: Callable[["Collection"], T]) -> T:
        """Run an operation on a collection in its current state on disk.

        A concurrent write by another process can make Chroma fail; the operation is then retried
        once.
        """
        from chromadb.errors import ChromaError

        with self._lock:
            try:
                if self._client is None or self._revision() != self._opened_at:
                    self._open()
                return operation(self._collections[level])
            except (ChromaError, LibraryError):
                self._open()
            try:
                return operation(self._collections[level])
            except BaseException as error:
                if isinstance(error, ChromaError) or type(error).__name__ == "PanicException":
                    raise self._unusable(error) from error
                raise

    def _unusable(self, error: BaseException) -> LibraryError:
        return LibraryError(
            f"The vectors in {self.folder} cannot be used ({error}). If the disk is full, free "
            "some space and try again; otherwise run `assistant papers reindex`. "
            "No paper is lost."
        )

    def _open(self) -> None:
        # Importing chromadb takes a second.
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        self.close()
        self._opened_at = self._revision()
        settings = ChromaSettings(anonymized_telemetry=False)
        folder = self.folder
        if is_read_only(folder):
            self._copy = PrivateCopy(folder)
            folder = self._copy.path
        metadata = {"embedder": self._embedder.name, "dimension": self._embedder.dimension}
        try:
            client = cast("Client", chromadb.PersistentClient(str(folder), settings=settings))
            self._client = client
            for collection in client.list_collections():
                if collection.name not in _NAMES.values():  # from an earlier version
                    client.delete_collection(collection.name)
            self._collections = {
                level: client.get_or_create_collection(
                    _NAMES[level],
                    metadata=metadata,
                    configuration={"hnsw": {"space": "cosine", "ef_search": 400}},
                    embedding_function=None,
                )
                for level in SEARCHED
            }
        except BaseException as error:
            self.close()
            # For damaged files Chroma raises errors of many types, including a panic in its Rust
            # part, which is not an Exception.
            if isinstance(error, Exception) or type(error).__name__ == "PanicException":
                raise self._unusable(error) from error
            raise


def _batches(items: list[T]) -> Iterator[list[T]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))


def _paper_condition(paper_ids: Sequence[str]) -> "Where":
    """Return Chroma's filter for the chunks of these papers."""
    one_of: dict[Literal["$in", "$nin"], list[str | int | float | bool]] = {"$in": [*paper_ids]}
    return {"paper": one_of}
