"""A library folder: papers go in once, are chunked and embedded, and stay consistent."""

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.errors import LibraryError
from assistant.library.add_report import REPEATED, AddReport, Tally
from assistant.library.catalogue import SEARCHED, Catalogue, Chunk, Level
from assistant.library.index.chunking import CHUNK_WORD_PIECES, chunk_spans
from assistant.library.index.embedder import Embedder
from assistant.library.index.vectors import Vectors
from assistant.library.index.word_vectors import WordVectors
from assistant.library.ingest import Batch
from assistant.library.scope import EVERYTHING, Scope
from assistant.library.vector import Vector
from assistant.papers import Paper, Record, Skipped
from assistant.text.sentences import Span, sentence_spans
from assistant.text.words import content_words

# Papers embedded and stored at a time: what a cut can lose.
_BATCH = 16
# Records compared with the catalogue, and stored, at a time.
_RECORDS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class PaperProgress:
    """How many papers are done (indexed, read), and how many there are to do."""

    done: int
    total: int


OnProgress = Callable[[PaperProgress], None]


class Library:
    """The papers of one folder: `catalogue.sqlite` is the truth, `vectors/` is derived from it."""

    def __init__(
        self, folder: Path, embedder: Embedder, chunk_word_pieces: int = CHUNK_WORD_PIECES
    ) -> None:
        """Open a library folder; make it if it is new.

        Args:
            folder: of the library.
            embedder: makes the vectors.
            chunk_word_pieces: how long the chunks of a new library are; one that is there keeps
                its own.

        Raises:
            LibraryError: the folder cannot be used, or was indexed with another embedder.
        """
        self.folder = folder
        self.embedder = embedder
        with _sentences_for_disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self.catalogue = Catalogue(folder / "catalogue.sqlite")
            # Not whether the file was there: an opening that fails, on a full disk, leaves one.
            self.is_new = self.catalogue.meta("embedder") is None
            if self.is_new:
                self.catalogue.set_meta("chunk_word_pieces", str(chunk_word_pieces))
                # Last: until then the library is new.
                self.catalogue.set_meta("embedder", embedder.name)
        of_the_library = self.catalogue.meta("chunk_word_pieces")
        self.chunk_word_pieces = int(of_the_library or CHUNK_WORD_PIECES)
        self._vectors = Vectors(folder / "vectors", embedder, self.catalogue.data_version)
        self._word_vectors = WordVectors(folder / "words.sqlite", embedder)

    def check_embedder(self) -> None:
        """Raise `LibraryError` if the vectors were made by another embedder."""
        indexed_with = self.catalogue.meta("embedder")
        if indexed_with != self.embedder.name:
            raise LibraryError(
                f"The library {self.folder} was indexed with the embedder {indexed_with!r}, not "
                f"{self.embedder.name!r}. Use that embedder, or index again with "
                f"`assistant papers reindex --embedder {self.embedder.name}`."
            )

    def close(self) -> None:
        """Close the files."""
        self._vectors.close()
        self._word_vectors.close()
        self.catalogue.close()

    def fingerprint(self) -> str:
        """Return a short digest of the papers' contents and the embedder."""
        return f"{self.catalogue.fingerprint()}-{self.catalogue.meta('embedder')}"

    # -- changing -----------------------------------------------------------------------------

    def add(self, records: Iterable[Record], on_progress: OnProgress | None = None) -> AddReport:
        """Add papers: new ones are stored, known ones take what is richer, the rest cost nothing.

        The records are taken a batch at a time, so there may be any number of them. All papers are
        in the catalogue before the first is embedded; a cut after that is mended by `repair`, which
        the next opening calls.

        Args:
            records: papers, and what was skipped on the way to them: it is only reported.
            on_progress: told how the indexing goes.

        Raises:
            LibraryError: the disk is full or not writable, or another embedder made the vectors.
        """
        tally = Tally()
        seen: dict[str, set[str]] = {}
        records = iter(records)
        with self._writing():
            self.check_embedder()
            self.catalogue.add_missing_keys()
        while batch := list(islice(records, _RECORDS_AT_A_TIME)):
            with self._writing():
                self._take_in(batch, tally, seen)
        if self.catalogue.count_to_index():
            with self._writing():
                self._index(on_progress)
        return tally.report()

    def _take_in(self, records: Sequence[Record], tally: Tally, seen: dict[str, set[str]]) -> None:
        """Store what the papers among some records change.

        Args:
            records: a batch of those that are added.
            tally: counts what becomes of them.
            seen: the ids of each file's papers so far; added to.
        """
        papers = [record for record in records if isinstance(record, Paper)]
        keys = {key for paper in papers for key in paper.keys}
        changes = Batch(self.catalogue.papers_by_key(keys))
        for record in records:
            if isinstance(record, Skipped):
                tally.skip(record)
                continue
            id_, outcome = changes.take(record)
            of_file = seen.setdefault(record.source, set())
            if id_ in of_file:
                tally.skip(Skipped(record.source, REPEATED, record.title))
            else:
                tally.count(record.source, outcome)
            of_file.add(id_)
        changed = list(changes.changed())
        self._store([paper for paper, before in changed if _is_embedded_anew(paper, before)])
        self.catalogue.store_details(
            paper for paper, before in changed if not _is_embedded_anew(paper, before)
        )
        # Last: a cut before leaves a paper twice rather than not at all.
        self.catalogue.absorb(changes.absorbed)

    def remove(self, paper_ids: Iterable[str]) -> list[str]:
        """Remove papers; return the ids of those that were there."""
        with self._writing():
            removed = self.catalogue.remove(paper_ids)
            if removed:
                self._delete_stale()
        return removed

    def repair(self, on_progress: OnProgress | None = None) -> None:
        """Finish what a cut left undone: vectors still to be made, vectors to be deleted."""
        if self.catalogue.count_to_index() or self.catalogue.stale_vectors():
            with self._writing():
                self.check_embedder()
                self._index(on_progress)

    def reindex(self, on_progress: OnProgress | None = None) -> None:
        """Make all chunks and vectors again from the catalogue, with this library's embedder."""
        with self._writing():
            self._store(self.catalogue.papers())
            # Cut before the next line, the library still belongs to the embedder before.
            self._vectors.clear()
            self.catalogue.forget_vectors(embedder=self.embedder.name)
            self._index(on_progress)

    def _store(self, papers: Sequence[Paper]) -> None:
        # Cutting into chunks takes time, in which other threads may read the catalogue.
        spans = [self._spans(paper) for paper in papers]
        self.catalogue.store(zip(papers, spans, strict=True))

    def _spans(self, paper: Paper) -> list[tuple[Level, Span]]:
        whole = Span(0, len(paper.abstract))
        # Without an abstract, the title alone is embedded.
        chunks = chunk_spans(paper, self.embedder.word_pieces, self.chunk_word_pieces) or [whole]
        sentences = sentence_spans(paper.abstract)
        return [
            ("abstract", whole),
            *(("chunk", span) for span in chunks),
            *(("sentence", span) for span in sentences),
        ]

    def _index(self, on_progress: OnProgress | None) -> None:
        self._delete_stale()
        total = self.catalogue.count_to_index()
        done = 0
        while batch := self.catalogue.papers_to_index(_BATCH):
            if on_progress:
                on_progress(PaperProgress(done, total))
            chunks = self.catalogue.chunks_of(batch)
            vectors = self._embed(chunks)
            self._vectors.store(chunks, vectors)
            self.catalogue.store_sentence_vectors(
                {c.id: v for c, v in zip(chunks, vectors, strict=True) if c.level == "sentence"}
            )
            self._word_vectors.learn([word for c in chunks for word in content_words(c.text)])
            self.catalogue.mark_indexed(batch)
            done += len(batch)
        if on_progress:
            on_progress(PaperProgress(done, total))

    def _embed(self, chunks: Sequence[Chunk]) -> Vector:
        """Return the chunks' vectors; a whole abstract's is the mean of its chunks'.

        An abstract is longer than the embedder's window: embedded whole, its end would be lost.
        """
        read = [row for row, chunk in enumerate(chunks) if chunk.level != "abstract"]
        vectors = np.zeros((len(chunks), self.embedder.dimension), dtype=np.float32)
        vectors[read] = self.embedder.embed([embedded_text(chunks[row]) for row in read])
        for row, chunk in enumerate(chunks):
            if chunk.level == "abstract":
                parts = [
                    i for i in read if chunks[i].level == "chunk" and chunks[i].paper == chunk.paper
                ]
                mean = vectors[parts].mean(axis=0)
                vectors[row] = mean / np.linalg.norm(mean)
        return vectors

    def _delete_stale(self) -> None:
        stale = self.catalogue.stale_vectors()
        for level in SEARCHED:
            self._vectors.delete(level, [id_ for id_, of in stale if of == level])
        self.catalogue.forget_stale(id_ for id_, _ in stale)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Let one process at a time write."""
        from filelock import FileLock

        with _sentences_for_disk_errors(self.folder), FileLock(self.folder / "writing.lock"):
            yield

    # -- reading ------------------------------------------------------------------------------

    def nearest(
        self, level: Level, vector: Vector, limit: int, scope: Scope = EVERYTHING
    ) -> list[tuple[str, float]]:
        """Return the papers of the chunks nearest to a unit vector, with their cosine, best first.

        A paper comes once for each of its chunks among the ``limit`` nearest of the scope.
        """
        self.check_embedder()
        among = self.catalogue.ids_in(scope) if scope else None
        nearest = self._vectors.nearest(level, vector, limit, among)
        papers = self.catalogue.papers_of_chunks([id_ for id_, _ in nearest])
        # What another process has just removed or changed is not in the catalogue any more.
        return [(papers[id_], cosine) for id_, cosine in nearest if id_ in papers]

    def vectors_of(self, chunks: Sequence[Chunk]) -> dict[int, Vector]:
        """Return the stored vectors of chunks of one level, by chunk id."""
        ids = [chunk.id for chunk in chunks]
        if not chunks or chunks[0].level == "sentence":
            return self.catalogue.sentence_vectors(ids)
        return self._vectors.get(chunks[0].level, ids)

    def word_cosines(self, words: Sequence[str], others: Sequence[str]) -> Vector:
        """Return the cosines of single words to others, shape (len(words), len(others))."""
        with _sentences_for_disk_errors(self.folder):
            return self._word_vectors.cosines(words, others)


def embedded_text(chunk: Chunk) -> str:
    """Return what is embedded for a chunk: its paper's title, then its own text."""
    return f"{chunk.paper.title}. {chunk.text}"


def _is_embedded_anew(paper: Paper, before: Paper | None) -> bool:
    """Tell whether what is embedded of a paper has changed."""
    return before is None or (paper.title, paper.abstract) != (before.title, before.abstract)


@contextmanager
def _sentences_for_disk_errors(folder: Path) -> Iterator[None]:
    """Say in a sentence what the disk did not do."""
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"The library {folder} cannot be written: {error.strerror}. {_way_out(error.errno)}"
        ) from error
    except sqlite3.Error as error:
        full = "full" in str(error)
        raise LibraryError(
            f"The library {folder} cannot be written: {error}. "
            f"{_way_out(errno.ENOSPC if full else None)}"
        ) from error


def _way_out(code: int | None) -> str:
    if code == errno.ENOSPC:
        return "Free some space and run the command again: nothing that was added is lost."
    return "Choose another folder with --library."
