"""The source of truth of a library: its papers and their chunks."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast

from assistant.errors import LibraryError
from assistant.library.annotations import Annotations
from assistant.library.catalogue.chunk import Chunk, Level
from assistant.library.catalogue.chunk_index import ChunkIndex
from assistant.library.catalogue.merge_log import MergeLog
from assistant.library.catalogue.paper_rows import COLUMNS, paper_from_row, search_texts, values_of
from assistant.library.catalogue.pdf_links import PdfLinks
from assistant.library.catalogue.pending import PendingWork
from assistant.library.catalogue.sentence_vectors import SentenceVectors
from assistant.library.catalogue.vocabulary import VIEWS, Vocabulary
from assistant.library.catalogue.word_index import WordIndex
from assistant.library.scope import Scope, sql_condition
from assistant.library.storage.damage import DamagedError, is_damage
from assistant.library.storage.database import Database, Row
from assistant.library.storage.disk_errors import is_out_of_room
from assistant.papers import Paper
from assistant.text.sentences import Span

_MIGRATIONS = tuple(f"schema-{version}.sql" for version in range(1, 8))
# Recorded in the table ``meta`` once the search texts of all papers are stored.
_HAS_SEARCH_TEXTS = "search_texts"


class Catalogue:
    """One SQLite file. Any thread may call it.

    Attributes:
        words: the word index over titles and abstracts.
        vocabulary: the words of the word indexes.
        sentence_vectors: the vectors of sentences.
        pending: the pending index work.
        index: the chunks that are searched.
        merge_log: the log of merged papers.
        annotations: the tags, collections, notes and reading marks of the papers.
        pdfs: which papers have which PDF.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, creating it if necessary.

        Raises:
            LibraryError: the file is not a catalogue, or was made by a newer version.
        """
        self._path = path
        folder = Path(__file__).parent
        migrations = [(folder / name).read_text(encoding="utf-8") for name in _MIGRATIONS]
        try:
            self._database = Database(path, migrations, VIEWS)
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.Error) and is_damage(error):
                raise DamagedError(path, error) from error
            raise LibraryError(f"{path} cannot be opened ({error}). {_advice(error)}") from error
        self._fingerprint: tuple[tuple[int, int], str] | None = None
        self.words = WordIndex(self._database)
        self.vocabulary = Vocabulary(self._database)
        self.sentence_vectors = SentenceVectors(self._database)
        self.pending = PendingWork(self._database)
        self.index = ChunkIndex(self._database)
        self.merge_log = MergeLog(self._database)
        self.annotations = Annotations(self._database)
        self.pdfs = PdfLinks(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def is_read_only(self) -> bool:
        """Whether the file cannot be written."""
        return self._database.is_read_only

    def backup(self, path: Path) -> None:
        """Copy the current state to another file, while others read and write this one."""
        self._database.backup(path)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return the rows of a query. The scripts ``schema-*.sql`` define the tables."""
        return self._database.rows(sql, *values)

    def data_version(self) -> int:
        """Return a number that changes when another connection or process writes to the file."""
        return int(str(self.rows("PRAGMA data_version")[0][0]))

    # -- metadata -----------------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """Return a metadata value of the library, such as the embedder's name."""
        rows = self.rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Store a metadata value of the library."""
        with self._database.transaction():
            self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    def fingerprint(self) -> str:
        """Return a short digest of the papers' contents, independent of their order.

        It is cached until this connection or another one writes to the file.
        """
        with self._database.exclusive():
            version = self.data_version(), self._database.change_count()
            if self._fingerprint is None or self._fingerprint[0] != version:
                digest = hashlib.sha256()
                for row in self.rows("SELECT id, content_hash FROM papers ORDER BY id"):
                    digest.update(f"{row[0]} {row[1]}\n".encode())
                self._fingerprint = version, digest.hexdigest()[:12]
            return self._fingerprint[1]

    # -- reading papers -----------------------------------------------------------------------

    def papers(self, paper_ids: Sequence[str] | None = None) -> list[Paper]:
        """Return all papers, or those with these ids, in the order in which they were added."""
        sql = f"SELECT {COLUMNS} FROM papers"
        if paper_ids is None:
            rows = self.rows(f"{sql} ORDER BY number")
        else:
            rows = self.rows(
                f"{sql} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number",
                json.dumps(list(paper_ids)),
            )
        return [self._paper(row) for row in rows]

    def _paper(self, row: Sequence[object]) -> Paper:
        try:
            return paper_from_row(row)
        except (ValueError, TypeError) as error:
            raise DamagedError(self._path, f"the record of {row[0]}: {error}") from error

    def count(self) -> int:
        """Return the number of papers."""
        return int(str(self.rows("SELECT count(*) FROM papers")[0][0]))

    def ids_in(self, scope: Scope) -> list[str]:
        """Return the ids of the papers in a scope, in the order in which they were added."""
        condition, values = sql_condition(scope)
        rows = self.rows(f"SELECT id FROM papers WHERE {condition} ORDER BY number", *values)
        return [str(row[0]) for row in rows]

    def papers_in(self, scope: Scope) -> list[Paper]:
        """Return the papers in a scope, in the order in which they were added."""
        return self.papers(self.ids_in(scope) if scope else None)

    def papers_by_key(self, keys: Iterable[str]) -> dict[str, list[Paper]]:
        """Return the papers that have any of these keys (see `Paper.keys`), by key."""
        rows = self.rows(
            f"SELECT key, {COLUMNS} FROM keys JOIN papers ON papers.number = keys.paper "
            "WHERE key IN (SELECT value FROM json_each(?)) ORDER BY papers.number",
            json.dumps(list(keys)),
        )
        found: dict[str, list[Paper]] = {}
        for key, *row in rows:
            found.setdefault(str(key), []).append(self._paper(row))
        return found

    # -- writing papers -----------------------------------------------------------------------

    def store(self, papers: Iterable[tuple[Paper, Sequence[tuple[Level, Span]]]]) -> None:
        """Insert or update papers and replace their chunks, in one transaction."""
        with self._database.transaction():
            for paper, spans in papers:
                number = self._upsert_paper(paper, {"indexed": False})
                self._database.execute("DELETE FROM chunks WHERE paper = ?", number)
                self._database.execute_many(
                    "INSERT INTO chunks (paper, level, start, end) VALUES (?, ?, ?, ?)",
                    [(number, level, span.start, span.end) for level, span in spans],
                )

    def store_details(self, papers: Iterable[Paper]) -> None:
        """Update papers whose title and abstract have not changed; keep their chunks."""
        with self._database.transaction():
            for paper in papers:
                self._upsert_paper(paper, {})

    def _upsert_paper(self, paper: Paper, state: Mapping[str, object]) -> int:
        """Insert or update a paper, with further column values; return its number."""
        values = {**values_of(paper), **state}
        names = ", ".join(values)
        parameters = ", ".join(f":{name}" for name in values)
        updates = ", ".join(f"{name} = :{name}" for name in values if name != "id")
        [(number,)] = self._database.rows_by_name(
            f"INSERT INTO papers ({names}) VALUES ({parameters}) "
            f"ON CONFLICT (id) DO UPDATE SET {updates} RETURNING number",
            values,
        )
        self._store_keys(int(str(number)), paper)
        self.annotations.restore(paper.id, paper.keys)
        return int(str(number))

    def _store_keys(self, number: int, paper: Paper) -> None:
        self._database.execute_many(
            "INSERT OR IGNORE INTO keys VALUES (?, ?)", [(key, number) for key in paper.keys]
        )

    def add_missing_keys(self) -> None:
        """Store the missing keys of papers, in a catalogue from before keys were stored."""
        rows = self.rows(
            f"SELECT number, {COLUMNS} FROM papers "
            "WHERE NOT EXISTS (SELECT 1 FROM keys WHERE paper = number)"
        )
        if rows:
            with self._database.transaction():
                for number, *row in rows:
                    self._store_keys(int(str(number)), self._paper(row))

    def has_search_texts(self) -> bool:
        """Return whether the search texts of all papers are stored; new papers always have them."""
        return bool(self.rows("SELECT 1 FROM meta WHERE key = ?", _HAS_SEARCH_TEXTS))

    def add_missing_search_texts(self) -> None:
        """Store the missing search texts, in a catalogue from before they were stored."""
        with self._database.transaction():
            for paper in self.papers():
                texts = search_texts(paper)
                if any(texts.values()):
                    names = ", ".join(f"{name} = ?" for name in texts)
                    self._database.execute(
                        f"UPDATE papers SET {names} WHERE id = ?", *texts.values(), paper.id
                    )
            self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, '1')", _HAS_SEARCH_TEXTS)

    def remove_duplicates(self, duplicates: Mapping[str, str]) -> None:
        """Remove duplicate papers; the papers that are kept get their keys and annotations.

        Args:
            duplicates: the ids of the papers to keep, by the ids of the papers to remove.
        """
        with self._database.transaction():
            self._database.execute_many(
                "INSERT OR IGNORE INTO keys SELECT key, kept.number "
                "FROM keys JOIN papers AS gone ON gone.number = keys.paper, papers AS kept "
                "WHERE gone.id = ? AND kept.id = ?",
                duplicates.items(),
            )
            for gone, kept in duplicates.items():
                self.annotations.move(gone, kept)
        self.remove(duplicates)

    def remove(self, paper_ids: Iterable[str]) -> list[str]:
        """Remove papers and their chunks; return the ids of those that existed."""
        paper_ids = list(paper_ids)
        with self._database.transaction():
            for paper_id in paper_ids:
                self.annotations.remember_keys(paper_id)
            return [
                paper_id
                for paper_id in paper_ids
                if self._database.execute("DELETE FROM papers WHERE id = ?", paper_id)
            ]

    # -- chunks -------------------------------------------------------------------------------

    def chunks_of(self, paper_ids: Sequence[str], level: Level | None = None) -> list[Chunk]:
        """Return the chunks of papers, of one level or of all levels, in text order."""
        papers = {paper.id: paper for paper in self.papers(paper_ids)}
        rows = self.rows(
            "SELECT chunks.id, level, papers.id, start, end FROM chunks "
            "JOIN papers ON papers.number = chunks.paper "
            "WHERE papers.id IN (SELECT value FROM json_each(?)) ORDER BY chunks.id",
            json.dumps(list(papers)),
        )
        return [
            Chunk(
                id=int(str(id_)),
                level=cast(Level, chunk_level),
                paper=papers[str(paper_id)],
                span=Span(int(str(start)), int(str(end))),
            )
            for id_, chunk_level, paper_id, start, end in rows
            if level in (None, chunk_level)
        ]

    def papers_of_chunks(self, chunk_ids: Iterable[int]) -> dict[int, str]:
        """Return the ids of the papers that chunks belong to, by chunk id."""
        rows = self.rows(
            "SELECT chunks.id, papers.id FROM chunks JOIN papers ON papers.number = chunks.paper "
            "WHERE chunks.id IN (SELECT value FROM json_each(?))",
            json.dumps(list(chunk_ids)),
        )
        return {int(str(chunk)): str(paper) for chunk, paper in rows}


def _advice(error: Exception) -> str:
    """Return advice about an error that kept the file from being opened."""
    if "locked" in str(error):
        return "Another process is changing it; try again."
    if isinstance(error, sqlite3.Error) and is_out_of_room(error):
        return "Free some space and try again."
    return "Choose another folder with --library, or restore this one from a backup."
