"""The vectors of a library: checked before they are used, and rebuilt if they are damaged."""

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from assistant.errors import LibraryError
from assistant.library.catalogue import Catalogue, Level
from assistant.library.index.embedder import Embedder
from assistant.library.index.indexer import Indexer
from assistant.library.index.vector_check import check_vectors
from assistant.library.index.vector_record import (
    VectorRecord,
    checksums_of,
    other_folders,
    read_record,
    unused_folder,
    write_record,
)
from assistant.library.index.vectors import Vectors
from assistant.library.index.word_vectors import WordVectors
from assistant.library.progress import OnProgress
from assistant.library.storage.writing_lock import WritingLock
from assistant.library.vector import Vector

T = TypeVar("T")

_log = logging.getLogger(__name__)
# The folder with the copy of the catalogue in which `reindex` builds the new chunks.
_REINDEXING = "reindexing"


class VectorIndex:
    """The vectors of a catalogue's chunks, and how they are computed.

    They are checked on first use, and after another process has written to the library. The check
    is cheap: the checksums of the files and the number of vectors. If these differ, or a change was
    interrupted, a separate process checks everything.

    Attributes:
        words: the vectors of single words.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        embedder: Embedder,
        lock: WritingLock,
        chunk_word_pieces: int,
    ) -> None:
        """Connect the parts of a library.

        Args:
            folder: the library's folder.
            catalogue: the library's catalogue.
            embedder: computes the vectors.
            lock: held while the vectors change.
            chunk_word_pieces: the maximum length of a chunk, in the embedder's word pieces.
        """
        self._folder = folder
        self._catalogue = catalogue
        self._embedder = embedder
        self._lock = lock
        self._chunk_word_pieces = chunk_word_pieces
        self._vectors = Vectors(folder, embedder, catalogue)
        self.words = WordVectors(folder / "words.sqlite", embedder)
        self._indexer = self._indexer_of(catalogue, self._vectors)
        self._checked_at: int | None = None
        self.spans = self._indexer.spans

    def _indexer_of(self, catalogue: Catalogue, vectors: Vectors) -> Indexer:
        return Indexer(catalogue, self._embedder, vectors, self.words, self._chunk_word_pieces)

    def close(self) -> None:
        """Close the files; the next use opens them again."""
        self._vectors.close()
        self.words.close()

    # -- reading ------------------------------------------------------------------------------

    def nearest(
        self, level: Level, vector: Vector, limit: int, paper_ids: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        """Return the ids of the papers of the nearest chunks, with cosines; see `Vectors`."""
        while True:
            revision = self._catalogue.data_version()
            nearest = self._use(lambda: self._vectors.nearest(level, vector, limit, paper_ids))
            papers = self._catalogue.papers_of_chunks([id_ for id_, _ in nearest])
            # Another process may have replaced all chunks in between.
            if len(papers) == len(nearest) or revision == self._catalogue.data_version():
                return [(papers[id_], cosine) for id_, cosine in nearest if id_ in papers]

    def get(self, level: Level, chunk_ids: Sequence[int]) -> dict[int, Vector]:
        """Return the stored vectors of chunks by id; chunks without one are left out."""
        return self._use(lambda: self._vectors.get(level, chunk_ids))

    def _use(self, operation: Callable[[], T]) -> T:
        self.check()
        try:
            return operation()
        except LibraryError as error:
            if self._catalogue.is_read_only or not self._lock.is_free():
                raise
            self._rebuild(str(error.__cause__ or error))
            return operation()

    # -- checking -----------------------------------------------------------------------------

    def check(self) -> None:
        """Check the vectors if they may have changed since the last check; rebuild damaged ones.

        Raises:
            LibraryError: they are damaged, and the library cannot be written.
        """
        revision = self._catalogue.data_version()
        if revision == self._checked_at:
            return
        if problem := self._problem():
            if self._catalogue.is_read_only:
                raise LibraryError(
                    f"The vectors of {self._folder} are damaged ({problem}), and the library "
                    "cannot be written. Copy it to another folder, and run the command on that."
                )
            self._rebuild(problem)
        self._checked_at = self._catalogue.data_version()

    def _problem(self) -> str:
        """Return what is wrong with the vectors; empty if another process is changing them."""
        if self._is_intact():
            return ""
        if self._catalogue.is_read_only:
            return self._check()
        if not self._lock.is_free():
            return ""
        with self._lock.held():
            if self._is_intact():  # another thread or process has rebuilt them
                return ""
            if not (problem := self._check()):
                self._record_clean()
            return problem

    def _is_intact(self) -> bool:
        """Return whether the last change was completed, and checksums and count are correct."""
        if not self._catalogue.index.has_vectors() and not self._vectors.folder.exists():
            return True
        record = read_record(self._catalogue)
        return record.is_clean and record.has_checksums(self._folder) and self._has_all()

    def _has_all(self) -> bool:
        """Return whether there are as many vectors as the catalogue expects."""
        if self._catalogue.pending.count_papers():
            return True
        try:
            return self._vectors.count() == self._catalogue.index.count_vectors()
        except LibraryError:
            return False

    def _check(self) -> str:
        self._vectors.close()
        found = check_vectors(self._vectors.folder)
        missing = self._catalogue.index.without_vectors(found.ids)
        problem = found.problem or (f"{len(missing)} are missing" if missing else "")
        if not problem and not self._catalogue.is_read_only:
            self._catalogue.pending.add_stale(found.ids)
        return problem

    # -- writing ------------------------------------------------------------------------------

    def run(self, on_progress: OnProgress | None) -> None:
        """Delete the stale vectors, and index all papers that have no vectors yet."""
        with self._changing():
            self._indexer.run(on_progress)

    def delete_stale(self) -> None:
        """Delete the vectors of chunks that no longer exist."""
        with self._changing():
            self._indexer.delete_stale()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Record that the vectors are being changed; record their checksums afterwards."""
        with self._lock.held():
            self.check()
            write_record(self._catalogue, replace(read_record(self._catalogue), is_clean=False))
            yield
            self._record_clean()

    def _record_clean(self) -> None:
        self._vectors.close()  # makes Chroma write everything
        folder = self._vectors.folder
        record = VectorRecord(folder.name, True, checksums_of(folder))
        if record != read_record(self._catalogue):
            write_record(self._catalogue, record)

    def _rebuild(self, problem: str) -> None:
        """Recompute all vectors from the catalogue."""
        with self._lock.held():
            old = read_record(self._catalogue)
            _log.warning(
                "The vectors of %s are damaged (%s). No paper is lost: they are recomputed.",
                self._folder,
                problem.rstrip("."),
            )
            self._vectors.close()
            recorded = self._catalogue.meta("embedder") or self._embedder.name
            if recorded != self._embedder.name:
                raise LibraryError(
                    f"The vectors were computed with the embedder {recorded!r}. Run "
                    f"`assistant papers reindex --embedder {recorded}`."
                )
            write_record(self._catalogue, VectorRecord(unused_folder(self._folder, old)))
            self._catalogue.index.mark_all_unindexed(embedder=recorded)
            self._checked_at = self._catalogue.data_version()
            self.run(None)
            shutil.rmtree(self._folder / old.folder, ignore_errors=True)

    def reindex(self, on_progress: OnProgress | None) -> None:
        """Rebuild all chunks and vectors next to the old ones, then replace the old ones at once.

        Until then, other processes search the old ones.
        """
        with self._lock.held():
            self._remove_leftovers()
            work = self._folder / _REINDEXING
            work.mkdir()
            self._catalogue.backup(work / "catalogue.sqlite")
            beside = Catalogue(work / "catalogue.sqlite")
            folder = unused_folder(self._folder, read_record(self._catalogue))
            try:
                write_record(beside, VectorRecord(folder))
                vectors = Vectors(self._folder, self._embedder, beside)
                indexer = self._indexer_of(beside, vectors)
                papers = beside.papers()
                beside.store((paper, indexer.spans(paper)) for paper in papers)
                beside.index.mark_all_unindexed(embedder=self._embedder.name)
                indexer.run(on_progress)
                vectors.close()
                write_record(
                    beside, VectorRecord(folder, True, checksums_of(self._folder / folder))
                )
            finally:
                beside.close()
            self._vectors.close()
            self._catalogue.index.replace(work / "catalogue.sqlite")
            self._checked_at = self._catalogue.data_version()
            self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        """Delete what an interrupted rebuild left behind, and replaced vectors."""
        unused = other_folders(self._folder, read_record(self._catalogue))
        for folder in (self._folder / _REINDEXING, *unused):
            shutil.rmtree(folder, ignore_errors=True)
