"""A library folder: papers are stored, chunked and embedded, and can be searched."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from assistant.errors import InputError, LibraryError
from assistant.library.add_report import AddReport, Tally
from assistant.library.backup.snapshots import take_daily_snapshot
from assistant.library.catalogue import Catalogue, Chunk, Level, Merge
from assistant.library.index.chunking import CHUNK_WORD_PIECES
from assistant.library.index.embedder import Embedder
from assistant.library.index.vector_index import VectorIndex
from assistant.library.ingest import Batch, needs_embedding, with_unused_id
from assistant.library.pdfs import PaperPdfs
from assistant.library.progress import OnProgress
from assistant.library.results import ResultsIndex
from assistant.library.scope import EVERYTHING, Scope
from assistant.library.storage.disk_errors import disk_errors_as_library_errors
from assistant.library.storage.marker import CATALOGUE, check_name, check_present, record_file
from assistant.library.storage.writing_lock import WritingLock
from assistant.library.vector import Vector
from assistant.papers import Paper, Record, Skipped
from assistant.papers.identity.merging import merged

# Records compared with the catalogue and stored at a time.
_RECORDS_AT_A_TIME = 500


class Library:
    """The papers of one folder.

    The file ``catalogue.sqlite`` is the source of truth; the vectors, ``words.sqlite`` and
    ``results.sqlite`` are derived from it. A read-only library can be opened and searched.

    Attributes:
        folder: the library's folder.
        embedder: computes the vectors.
        catalogue: the papers and their chunks.
        results: the numbers that the abstracts report.
        pdfs: the PDFs that the papers were read from.
        is_new: whether this call created the library.
        chunk_word_pieces: the maximum length of a chunk, in the embedder's word pieces.
    """

    def __init__(
        self, folder: Path, embedder: Embedder, chunk_word_pieces: int = CHUNK_WORD_PIECES
    ) -> None:
        """Open a library folder, creating it if necessary.

        Args:
            folder: the library's folder.
            embedder: computes the vectors.
            chunk_word_pieces: the maximum length of a chunk of a new library. An existing library
                keeps the length it was created with.

        Raises:
            LibraryError: the folder cannot be used.
        """
        check_name(folder)
        self.folder = folder
        self.embedder = embedder
        with disk_errors_as_library_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = folder / CATALOGUE
            check_present(file)
            self.catalogue = Catalogue(file)
            # The existence of the file does not show that the library existed: if the disk is full,
            # a failed attempt to create one leaves a file behind.
            self.is_new = self.catalogue.meta("embedder") is None
            if self.is_new:
                self.catalogue.set_meta("chunk_word_pieces", str(chunk_word_pieces))
                # Written last: until then the library counts as new.
                self.catalogue.set_meta("embedder", embedder.name)
            record_file(file)
        recorded = self.catalogue.meta("chunk_word_pieces")
        self.chunk_word_pieces = int(recorded or CHUNK_WORD_PIECES)
        self.results = ResultsIndex(folder, self.catalogue)
        self.pdfs = PaperPdfs(folder, self.catalogue)
        self._lock = WritingLock(folder)
        self._index = VectorIndex(
            folder, self.catalogue, embedder, self._lock, self.chunk_word_pieces
        )

    def check_embedder(self) -> None:
        """Raise `LibraryError` if the vectors were computed with another embedder."""
        recorded = self.catalogue.meta("embedder")
        if recorded != self.embedder.name:
            raise LibraryError(
                f"The library {self.folder} was indexed with the embedder {recorded!r}, not "
                f"{self.embedder.name!r}. Use that embedder, or index again with "
                f"`assistant papers reindex --embedder {self.embedder.name}`."
            )

    def close(self) -> None:
        """Close the files."""
        self._index.close()
        self.results.close()
        self.catalogue.close()

    def fingerprint(self) -> str:
        """Return a short digest of the papers' contents and the embedder."""
        return f"{self.catalogue.fingerprint()}-{self.catalogue.meta('embedder')}"

    # -- writing ------------------------------------------------------------------------------

    def add(self, records: Iterable[Record], on_progress: OnProgress | None = None) -> AddReport:
        """Add papers. New papers are stored; known papers gain whatever the new record adds.

        Records are processed in batches, so the iterable may be of any length. All papers are in
        the catalogue before the first one is embedded. If the process is interrupted after that,
        `repair` finishes the work when the library is next opened.

        Args:
            records: papers, and records that were skipped when reading, which are only reported.
            on_progress: called with the progress of indexing.

        Raises:
            LibraryError: the disk is full or not writable, or the vectors were computed with
                another embedder.
        """
        tally = Tally()
        seen: dict[str, set[str]] = {}
        with self._writing():
            self.check_embedder()
            self.catalogue.add_missing_keys()
        # A record's PDF exists only until the next record is requested.
        stored = map(self.pdfs.with_stored_pdf, records)
        while batch := list(islice(stored, _RECORDS_AT_A_TIME)):
            with self._writing():
                self._add_batch(batch, tally, seen)
        if self.catalogue.pending.count_papers():
            with self._writing():
                self._index.run(on_progress)
                self.results.update()
        return tally.report()

    def _add_batch(
        self, records: Sequence[Record], tally: Tally, seen: dict[str, set[str]]
    ) -> None:
        """Store the papers among some records.

        Args:
            records: a batch of the records to add.
            tally: counts the outcomes.
            seen: the ids of the papers of each file so far; extended.
        """
        papers = [record for record in records if isinstance(record, Paper)]
        keys = {key for paper in papers for key in paper.keys}
        stored = self.catalogue.papers_by_key(keys)
        ids = {paper.id for papers_with_key in stored.values() for paper in papers_with_key}
        batch = Batch(stored, self.catalogue.merge_log.kept_apart(list(ids)))
        for record in records:
            if isinstance(record, Skipped):
                tally.skip(record)
                continue
            ids_of_file = seen.setdefault(record.source, set())
            added = batch.add(record, ids_of_file)
            added.count(tally, record, is_repeated=added.id in ids_of_file)
            ids_of_file.add(added.id)
        changes = list(batch.changes())
        self._store([paper for paper, before in changes if needs_embedding(paper, before)])
        self.catalogue.store_details(
            paper for paper, before in changes if not needs_embedding(paper, before)
        )
        self.catalogue.merge_log.add(batch.merges)
        # Last, so that an interruption leaves a duplicate rather than losing a paper.
        self.catalogue.remove_duplicates(batch.duplicates)

    def remove(self, paper_ids: Iterable[str], *, keep_pdfs: bool = False) -> list[str]:
        """Remove papers; return the ids of those that existed.

        Args:
            paper_ids: the ids of the papers.
            keep_pdfs: whether to keep their PDFs for a day, so that the papers can be added again.
        """
        with self._writing(), self.pdfs.removing(keep=keep_pdfs):
            removed = self.catalogue.remove(paper_ids)
            if removed:
                self._index.delete_stale()
        return removed

    def merge(self, paper_id: str, duplicate_id: str) -> Paper:
        """Merge a paper into another one and remove it; return the result.

        Args:
            paper_id: the id of the paper to keep.
            duplicate_id: the id of the paper to merge into it.

        Raises:
            InputError: one of the ids is unknown, or they are the same.
        """
        with self._writing():
            papers = {paper.id: paper for paper in self.catalogue.papers([paper_id, duplicate_id])}
            if len(papers) < 2:
                raise InputError("Name two different papers of the library by their ids.")
            result = merged(papers[paper_id], papers[duplicate_id])
            self._store([result])
            self.catalogue.merge_log.add([Merge(paper_id, papers[paper_id], papers[duplicate_id])])
            self.catalogue.remove_duplicates({duplicate_id: paper_id})
            self._index.run(None)
        return result

    def split(self, paper_id: str) -> tuple[Paper, Paper]:
        """Undo the last merge into a paper; return the paper and the one split from it.

        The two are not merged again when their files are added again. Whatever the paper gained
        from its own file after the merge is lost until that file is added again.

        Raises:
            InputError: no paper has this id, or nothing was merged into it.
        """
        with self._writing():
            merge = self.catalogue.merge_log.last(paper_id)
            if merge is None:
                raise InputError(f"Nothing was merged into a paper with the id {paper_id}.")
            keys = (*merge.before.keys, *merge.record.keys)
            found = self.catalogue.papers_by_key(keys).values()
            taken = {paper.id for papers in found for paper in papers}
            split = with_unused_id(merge.record, taken)
            self._store([merge.before, split])
            self.catalogue.merge_log.undo_last(paper_id, split.id)
            self._index.run(None)
        return merge.before, split

    def repair(self, on_progress: OnProgress | None = None) -> None:
        """Finish interrupted work: compute missing vectors and search texts, delete stale vectors.

        PDFs that no longer belong to a paper are deleted, too. A read-only library is left as it
        is.
        """
        if self.catalogue.is_read_only:
            return
        if not self.catalogue.has_search_texts():
            with self._writing():
                self.catalogue.add_missing_search_texts()
        if self.catalogue.pending.count_papers() or self.catalogue.pending.stale_vectors():
            with self._writing():
                self.check_embedder()
                self._index.run(on_progress)
        self.pdfs.purge()

    def reindex(self, on_progress: OnProgress | None = None) -> None:
        """Rebuild all chunks and vectors with this library's embedder.

        Other processes search the old ones until the rebuild is complete.
        """
        with self._writing():
            self._index.reindex(on_progress)

    def _store(self, papers: Sequence[Paper]) -> None:
        # Chunk before the transaction: chunking takes time, during which other threads can read.
        spans = [self._index.spans(paper) for paper in papers]
        self.catalogue.store(zip(papers, spans, strict=True))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock that lets one process write at a time."""
        with disk_errors_as_library_errors(self.folder), self._lock.held():
            take_daily_snapshot(self.folder)
            yield

    # -- reading ------------------------------------------------------------------------------

    def nearest(
        self, level: Level, vector: Vector, limit: int, scope: Scope = EVERYTHING
    ) -> list[tuple[str, float]]:
        """Return the papers of the chunks nearest to a unit vector, best first.

        A paper occurs once for each of its chunks among the nearest.

        Args:
            level: the chunks' level.
            vector: the query, shape (dimension,).
            limit: the maximum number of chunks.
            scope: the papers to search.

        Returns:
            Pairs of paper id and cosine similarity.

        Raises:
            LibraryError: the vectors cannot be read, or were computed with another embedder.
        """
        self.check_embedder()
        paper_ids = self.catalogue.ids_in(scope) if scope else None
        return self._index.nearest(level, vector, limit, paper_ids)

    def vectors_of(self, chunks: Sequence[Chunk]) -> dict[int, Vector]:
        """Return the stored vectors of chunks of one level, by chunk id."""
        ids = [chunk.id for chunk in chunks]
        if not chunks or chunks[0].level == "sentence":
            return self.catalogue.sentence_vectors.get(ids)
        return self._index.get(chunks[0].level, ids)

    def word_cosines(self, words: Sequence[str], others: Sequence[str]) -> Vector:
        """Return the cosines between single words, shape (len(words), len(others))."""
        with disk_errors_as_library_errors(self.folder):
            return self._index.words.cosines(words, others)
