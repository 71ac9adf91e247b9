"""The results index: the numbers of all abstracts, in a SQLite file beside the catalogue."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from assistant.library.catalogue import Catalogue
from assistant.library.results.read import read_results
from assistant.library.results.result import Result
from assistant.library.storage.database import Row
from assistant.library.storage.derived import DerivedDatabase
from assistant.library.storage.disk_errors import disk_errors_as_library_errors
from assistant.papers import Paper
from assistant.text.sentences import Span

FILE_NAME = "results.sqlite"
"""The name of the file in a library folder."""

# Increased when `read_results` changes: the file is then rebuilt.
_VERSION = 3
_SCHEMA = """
    CREATE TABLE papers (id TEXT PRIMARY KEY, content_hash TEXT NOT NULL);
    CREATE TABLE state (catalogue TEXT NOT NULL);
    CREATE TABLE results (
        paper TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,
        sentence_start INTEGER NOT NULL,
        sentence_end INTEGER NOT NULL,
        start INTEGER NOT NULL,
        written TEXT NOT NULL,
        unit TEXT NOT NULL,
        dimension TEXT NOT NULL,
        amount REAL NOT NULL,
        measures TEXT NOT NULL,
        data_set TEXT NOT NULL,
        method TEXT NOT NULL,
        PRIMARY KEY (paper, start)
    ) WITHOUT ROWID;
"""
_HASHES = "SELECT id, content_hash FROM papers"
# Papers per transaction: completed transactions survive an interruption.
_PAPERS_AT_A_TIME = 200


class ResultsIndex:
    """The results of a library's papers. Any thread may call it.

    They are derived from the catalogue, and updated before they are read. The file may be deleted
    at any time.
    """

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        """Set the folder of the library; the file is opened, or created, on first use."""
        self._folder = folder
        self._catalogue = catalogue
        self._database = DerivedDatabase(folder / FILE_NAME, _SCHEMA, _VERSION)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._database.close()

    def of(self, papers: Sequence[Paper]) -> list[Result]:
        """Return the results of papers of the library, in the order of the papers and the text.

        Raises:
            LibraryError: the disk is full, or the catalogue is damaged.
        """
        with disk_errors_as_library_errors(self._folder):
            self.update()
            rows = self._database.rows(
                "SELECT * FROM results WHERE paper IN (SELECT value FROM json_each(?)) "
                "ORDER BY paper, start",
                json.dumps([paper.id for paper in papers]),
            )
        by_paper = {str(id_): list(own) for id_, own in groupby(rows, key=lambda row: row[0])}
        return [
            _result(paper, row)
            for paper in papers
            for row in by_paper.get(paper.id, ())
            # The paper may have been changed by another process since it was read.
            if int(str(row[2])) <= len(paper.abstract)
        ]

    def update(self) -> None:
        """Extract the results of new and changed papers, and delete those of removed papers."""
        fingerprint = self._catalogue.fingerprint()
        if self._database.rows("SELECT 1 FROM state WHERE catalogue = ?", fingerprint):
            return
        current = _by_id(self._catalogue.rows(_HASHES))
        known = _by_id(self._database.rows(_HASHES))
        outdated = [id_ for id_, digest in known.items() if current.get(id_) != digest]
        with self._database.transaction() as database:
            database.executemany("DELETE FROM papers WHERE id = ?", [(id_,) for id_ in outdated])
        missing = [id_ for id_, digest in current.items() if known.get(id_) != digest]
        for start in range(0, len(missing), _PAPERS_AT_A_TIME):
            self._add(self._catalogue.papers(missing[start : start + _PAPERS_AT_A_TIME]))
        with self._database.transaction() as database:
            database.execute("DELETE FROM state")
            database.execute("INSERT INTO state VALUES (?)", (fingerprint,))

    def _add(self, papers: Sequence[Paper]) -> None:
        # Extract before the transaction: that takes time, during which others can use the file.
        rows = [row for paper in papers for row in _rows(paper)]
        with self._database.transaction() as database:
            database.executemany(
                "INSERT OR REPLACE INTO papers VALUES (?, ?)",
                [(paper.id, paper.content_hash()) for paper in papers],
            )
            database.executemany(
                f"INSERT OR REPLACE INTO results VALUES ({', '.join('?' * 11)})", rows
            )


def _by_id(rows: Sequence[Row]) -> dict[str, str]:
    return {str(id_): str(digest) for id_, digest in rows}


def _rows(paper: Paper) -> Iterator[Row]:
    for one in read_results(paper):
        yield (
            paper.id,
            *one.sentence,
            *(one.start, one.written, one.unit, one.dimension, one.amount),
            *(one.measures, one.data_set, one.method),
        )


def _result(paper: Paper, row: Row) -> Result:
    _, sentence_start, sentence_end, start, written, unit, dimension, amount, *read = row
    measures, data_set, method = map(str, read)
    return Result(
        paper,
        Span(int(str(sentence_start)), int(str(sentence_end))),
        int(str(start)),
        str(written),
        str(unit),
        str(dimension),
        float(str(amount)),
        measures,
        data_set,
        method,
    )
