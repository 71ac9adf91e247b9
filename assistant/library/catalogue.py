"""The catalogue: papers, chunks, the word index and the vectors of sentences in one SQLite file."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

import numpy as np

from assistant.errors import LibraryError
from assistant.library.database import one_transaction
from assistant.library.scope import EVERYTHING, Scope, sql_condition
from assistant.library.vector import Vector
from assistant.papers import Paper
from assistant.text.sentences import Span

Level = Literal["abstract", "chunk", "sentence"]
SEARCHED: tuple[Level, ...] = ("abstract", "chunk")
"""The levels that are searched by their vectors; those of sentences are only looked up."""

_SCHEMA_VERSION = 2
# Half the size of float32; a cosine changes by less than 0.001.
_STORED = np.float16
_COLUMNS = "id, title, abstract, authors, year, url, doi, arxiv_id, source"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of one paper's abstract that has a vector of its own."""

    id: int
    level: Level
    paper: Paper
    span: Span

    @property
    def text(self) -> str:
        """The stretch itself, without the title."""
        return self.span.of(self.paper.abstract)


class Catalogue:
    """One SQLite file in WAL mode, used by any number of threads of this process."""

    def __init__(self, path: Path) -> None:
        """Open the file; make it if it is new.

        Raises:
            LibraryError: the file is not a catalogue, or was made by a newer version.
        """
        self._lock = threading.RLock()
        self._fingerprint: tuple[tuple[int, int], str] | None = None
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA busy_timeout = 10000")
            if self._version() < _SCHEMA_VERSION:
                self._update(path.with_suffix(".lock"))
            version = self._version()
        except (sqlite3.Error, OSError) as error:
            way_out = "Choose another folder with --library, or restore this one from a backup."
            if "full" in str(error) or "disk I/O" in str(error):
                way_out = "Free some space and run the command again."
            if "locked" in str(error):
                way_out = "Another process is changing it; run the command again."
            raise LibraryError(f"{path} cannot be opened ({error}). {way_out}") from error
        if version > _SCHEMA_VERSION:
            raise LibraryError(
                f"{path} was made by a newer version of the assistant. Update the assistant."
            )

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _update(self, lock: Path) -> None:
        from filelock import FileLock

        # Two processes may open a new library at once; SQLite does not wait when its journal mode
        # is being changed.
        with FileLock(lock):
            if self._version() == 0:
                self._db.execute("PRAGMA journal_mode = WAL")
            for version in range(self._version() + 1, _SCHEMA_VERSION + 1):
                script = Path(__file__).with_name(f"catalogue-{version}.sql")
                # executescript would commit first: the transaction is written into the script
                # itself, so that a cut leaves no half-made schema.
                text = script.read_text(encoding="utf-8")
                self._db.executescript(f"BEGIN IMMEDIATE;\n{text}\nCOMMIT;")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, one_transaction(self._db):
            yield

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Return the rows of a query; the tables are those of `catalogue-1.sql` and `-2`."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def data_version(self) -> int:
        """Return a number that changes when another process, or another catalogue, has written."""
        return int(str(self.rows("PRAGMA data_version")[0][0]))

    # -- meta ---------------------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """Return a stored fact about the library, such as the embedder's name."""
        rows = self.rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Store a fact about the library."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # -- papers -------------------------------------------------------------------------------

    def papers_by_key(self, keys: Iterable[str]) -> dict[str, list[Paper]]:
        """Return the papers that have any of these keys (see `Paper.keys`), by key."""
        rows = self.rows(
            f"SELECT key, {_COLUMNS} FROM keys JOIN papers ON papers.number = keys.paper "
            "WHERE key IN (SELECT value FROM json_each(?)) ORDER BY papers.number",
            json.dumps(list(keys)),
        )
        found: dict[str, list[Paper]] = {}
        for key, *row in rows:
            found.setdefault(str(key), []).append(_paper(row))
        return found

    def add_missing_keys(self) -> None:
        """Give keys to the papers that a version before there were any has stored."""
        rows = self.rows(
            f"SELECT number, {_COLUMNS} FROM papers "
            "WHERE NOT EXISTS (SELECT 1 FROM keys WHERE paper = number)"
        )
        if rows:
            with self._transaction():
                for number, *row in rows:
                    self._store_keys(int(str(number)), _paper(row))

    def store(self, papers: Iterable[tuple[Paper, Sequence[tuple[Level, Span]]]]) -> None:
        """Insert or update papers and replace their chunks, all or nothing."""
        with self._transaction():
            for paper, spans in papers:
                number = self._store_paper(paper, indexed=False)
                self._db.execute("DELETE FROM chunks WHERE paper = ?", (number,))
                self._db.executemany(
                    "INSERT INTO chunks (paper, level, start, end) VALUES (?, ?, ?, ?)",
                    [(number, level, span.start, span.end) for level, span in spans],
                )

    def store_details(self, papers: Iterable[Paper]) -> None:
        """Update papers whose title and abstract are as they were: their chunks stay."""
        with self._transaction():
            for paper in papers:
                self._store_paper(paper, indexed=None)

    def _store_paper(self, paper: Paper, *, indexed: bool | None) -> int:
        """Insert or update a paper; return its number. If not told, it is indexed as before."""
        values: dict[str, object] = {
            "id": paper.id,
            "title": paper.title,
            "abstract": paper.abstract,
            "authors": json.dumps(paper.authors, ensure_ascii=False),
            "year": paper.year,
            "url": paper.url,
            "doi": paper.doi,
            "arxiv_id": paper.arxiv_id,
            "source": paper.source,
            "content_hash": paper.content_hash(),
        }
        if indexed is not None:
            values["indexed"] = indexed
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        updates = ", ".join(f"{name} = :{name}" for name in values if name != "id")
        row = self._db.execute(
            f"INSERT INTO papers ({names}) VALUES ({marks}) "
            f"ON CONFLICT (id) DO UPDATE SET {updates} RETURNING number",
            values,
        ).fetchone()
        number = int(row[0])
        self._store_keys(number, paper)
        return number

    def _store_keys(self, number: int, paper: Paper) -> None:
        self._db.executemany(
            "INSERT OR IGNORE INTO keys VALUES (?, ?)", [(key, number) for key in paper.keys]
        )

    def absorb(self, absorbed: Mapping[str, str]) -> None:
        """Remove papers that are others, whose keys lead to the others from now on.

        Args:
            absorbed: the ids of the papers to remove, with the ids of what they are.
        """
        with self._transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO keys SELECT key, into_.number "
                "FROM keys JOIN papers AS gone ON gone.number = keys.paper, papers AS into_ "
                "WHERE gone.id = ? AND into_.id = ?",
                absorbed.items(),
            )
        self.remove(absorbed)

    def remove(self, paper_ids: Iterable[str]) -> list[str]:
        """Remove papers and their chunks; return the ids that were there."""
        removed = []
        with self._transaction():
            for paper_id in paper_ids:
                cursor = self._db.execute("DELETE FROM papers WHERE id = ?", (paper_id,))
                if cursor.rowcount:
                    removed.append(paper_id)
        return removed

    def papers(self, paper_ids: Sequence[str] | None = None) -> list[Paper]:
        """Return all papers, or those with these ids, in the order in which they were added."""
        sql = f"SELECT {_COLUMNS} FROM papers"
        if paper_ids is None:
            rows = self.rows(f"{sql} ORDER BY number")
        else:
            wanted = json.dumps(list(paper_ids))
            rows = self.rows(
                f"{sql} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number", wanted
            )
        return [_paper(row) for row in rows]

    def count(self) -> int:
        """Return the number of papers."""
        return int(str(self.rows("SELECT count(*) FROM papers")[0][0]))

    def fingerprint(self) -> str:
        """Return a short digest of the papers' contents, whatever order they came in.

        It is made anew only after something was written, here or by another process.
        """
        with self._lock:
            written = self.data_version(), self._db.total_changes
            if self._fingerprint is None or self._fingerprint[0] != written:
                digest = hashlib.sha256()
                for row in self.rows("SELECT id, content_hash FROM papers ORDER BY id"):
                    digest.update(f"{row[0]} {row[1]}\n".encode())
                self._fingerprint = written, digest.hexdigest()[:12]
            return self._fingerprint[1]

    # -- words --------------------------------------------------------------------------------

    def ids_in(self, scope: Scope) -> list[str]:
        """Return the ids of the papers in a scope, in the order in which they were added."""
        condition, values = sql_condition(scope)
        rows = self.rows(f"SELECT id FROM papers WHERE {condition} ORDER BY number", *values)
        return [str(row[0]) for row in rows]

    def papers_in(self, scope: Scope) -> list[Paper]:
        """Return the papers in a scope, in the order in which they were added."""
        return self.papers(self.ids_in(scope) if scope else None)

    def match_words(
        self, words: Sequence[str], limit: int, scope: Scope = EVERYTHING
    ) -> list[tuple[str, float]]:
        """Return the papers of a scope in which any of the words occur, best BM25 first.

        The words are stemmed (Porter); one in the title counts twice one in the abstract.

        Returns:
            Pairs of paper id and score, higher is better.
        """
        if not words:
            return []
        query = " OR ".join(map(_quoted, words))
        condition, values = sql_condition(scope)
        # The plus keeps SQLite from looking the words up anew for each paper of the scope.
        within = f"AND +rowid IN (SELECT number FROM papers WHERE {condition})" if scope else ""
        # Ranked within the word index first: to join all papers with a common word takes longest.
        rows = self.rows(
            "SELECT papers.id, -score FROM ("
            "SELECT rowid AS number, rank AS score FROM words "
            f"WHERE words MATCH ? AND rank MATCH 'bm25(2.0, 1.0)' {within} ORDER BY rank LIMIT ?"
            ") JOIN papers USING (number) ORDER BY score, number",
            query,
            *values,
            limit,
        )
        return [(str(row[0]), float(str(row[1]))) for row in rows]

    def count_with_word(self, word: str) -> int:
        """Return in how many papers a word occurs, stemmed."""
        [(count,)] = self.rows("SELECT COUNT(*) FROM words WHERE words MATCH ?", _quoted(word))
        return int(str(count))

    # -- chunks -------------------------------------------------------------------------------

    def chunks_of(self, paper_ids: Sequence[str], level: Level | None = None) -> list[Chunk]:
        """Return the chunks of some papers, of one level or of all, in the order of the text."""
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
                level=cast(Level, of),
                paper=papers[str(paper_id)],
                span=Span(int(str(start)), int(str(end))),
            )
            for id_, of, paper_id, start, end in rows
            if level in (None, of)
        ]

    def papers_of_chunks(self, chunk_ids: Iterable[int]) -> dict[int, str]:
        """Return the ids of the papers that chunks belong to, by chunk id."""
        rows = self.rows(
            "SELECT chunks.id, papers.id FROM chunks JOIN papers ON papers.number = chunks.paper "
            "WHERE chunks.id IN (SELECT value FROM json_each(?))",
            json.dumps(list(chunk_ids)),
        )
        return {int(str(chunk)): str(paper) for chunk, paper in rows}

    def store_sentence_vectors(self, vectors: Mapping[int, Vector]) -> None:
        """Store the vectors of sentences, by chunk id; replace those there."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO sentence_vectors VALUES (?, ?)",
                [(id_, vector.astype(_STORED).tobytes()) for id_, vector in vectors.items()],
            )

    def sentence_vectors(self, chunk_ids: Iterable[int]) -> dict[int, Vector]:
        """Return the vectors of these sentences by id; those without one are left out."""
        rows = self.rows(
            "SELECT chunk, vector FROM sentence_vectors "
            "WHERE chunk IN (SELECT value FROM json_each(?))",
            json.dumps(list(chunk_ids)),
        )
        return {
            int(str(id_)): np.frombuffer(cast(bytes, vector), _STORED).astype(np.float32)
            for id_, vector in rows
        }

    def papers_to_index(self, limit: int) -> list[str]:
        """Return the ids of papers whose chunks have no vectors yet."""
        rows = self.rows("SELECT id FROM papers WHERE indexed = 0 ORDER BY number LIMIT ?", limit)
        return [str(row[0]) for row in rows]

    def count_to_index(self) -> int:
        """Return how many papers have no vectors yet."""
        return int(str(self.rows("SELECT count(*) FROM papers WHERE indexed = 0")[0][0]))

    def mark_indexed(self, paper_ids: Iterable[str]) -> None:
        """Note that the vectors of these papers are stored."""
        with self._transaction():
            self._db.executemany(
                "UPDATE papers SET indexed = 1 WHERE id = ?", [(id_,) for id_ in paper_ids]
            )

    def forget_vectors(self, *, embedder: str) -> None:
        """Drop what is known of vectors, and note which embedder is to make them again."""
        with self._transaction():
            self._db.execute("UPDATE papers SET indexed = 0")
            self._db.execute("DELETE FROM stale_vectors")
            self._db.execute("DELETE FROM sentence_vectors")
            self._db.execute("UPDATE meta SET value = ? WHERE key = 'embedder'", (embedder,))

    def stale_vectors(self) -> list[tuple[int, Level]]:
        """Return the chunk ids (and levels) whose vectors are to be deleted."""
        rows = self.rows("SELECT chunk, level FROM stale_vectors")
        return [(int(str(row[0])), cast(Level, row[1])) for row in rows]

    def forget_stale(self, ids: Iterable[int]) -> None:
        """Note that these stale vectors are deleted."""
        with self._transaction():
            self._db.executemany("DELETE FROM stale_vectors WHERE chunk = ?", [(i,) for i in ids])


def _quoted(word: str) -> str:
    """Return a word as the word index takes it literally."""
    return '"' + word.replace('"', '""') + '"'


def _paper(row: Sequence[object]) -> Paper:
    id_, title, abstract, authors, year, url, doi, arxiv_id, source = row
    paper = Paper(
        title=str(title),
        abstract=str(abstract),
        authors=tuple(json.loads(str(authors))),
        year=None if year is None else int(str(year)),
        url=None if url is None else str(url),
        doi=None if doi is None else str(doi),
        arxiv_id=None if arxiv_id is None else str(arxiv_id),
        source=str(source),
    )
    return paper if paper.id == id_ else replace(paper, known_as=str(id_))
