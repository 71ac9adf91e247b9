"""A complete check of a library: its databases, records, indexes, vectors and PDFs."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.errors import LibraryError
from assistant.library.backup.snapshots import snapshots
from assistant.library.catalogue import Catalogue
from assistant.library.conversations import FILE_NAME as CONVERSATIONS
from assistant.library.index.vector_check import check_vectors
from assistant.library.index.vector_record import read_record
from assistant.library.pdfs import PdfStore
from assistant.library.storage.damage import is_damage
from assistant.library.storage.marker import CATALOGUE, check_present
from assistant.library.storage.read_only import PrivateCopy
from assistant.library.vector import STORED_TYPE

_REINDEX = "Run `assistant papers reindex`."
_RESTORE = (
    "Restore a snapshot with `assistant restore`, or save what can be read with "
    "`assistant rescue FILE`."
)
# The tolerance for rounding to 16 bits.
_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    Attributes:
        name: what was checked.
        ok: whether the check passed.
        detail: what was found, and how to fix it.
    """

    name: str
    ok: bool
    detail: str


def inspect_library(folder: Path) -> list[Finding]:
    """Check everything in a library, on private copies; nothing is changed.

    This takes seconds for thousands of papers.
    """
    findings = [_found("catalogue", lambda: _catalogue(folder))]
    if findings[0].ok:
        findings += [
            _found("word index", lambda: _word_indexes(folder)),
            _found("vectors", lambda: _vectors(folder)),
            _found("PDFs", lambda: _pdfs(folder)),
        ]
    findings += [
        _found("conversations", lambda: _conversations(folder)),
        _found("snapshots", lambda: _snapshots(folder)),
    ]
    return findings


def _found(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except (LibraryError, OSError) as error:
        return Finding(name, False, str(error))


def _catalogue(folder: Path) -> str:
    """Check the pages of the catalogue and the hash of each record."""
    check_present(folder / CATALOGUE)
    _check_pages(folder / CATALOGUE)
    with closing(Catalogue(folder / CATALOGUE)) as catalogue:
        rows = catalogue.rows("SELECT id, content_hash FROM papers")
        stored = {row[0]: row[1] for row in rows}
        papers = catalogue.papers()
        links = catalogue.rows("PRAGMA foreign_key_check")
    changed = [paper.id for paper in papers if stored.get(paper.id) != paper.content_hash()]
    if changed:
        raise LibraryError(
            f"{len(changed)} of {len(papers)} records have changed since they were stored, the "
            f"first {changed[0]}. Add their files again, or: {_RESTORE}"
        )
    if links:
        raise LibraryError(f"{len(links)} rows belong to papers that are not there. {_RESTORE}")
    return f"{len(papers)} papers, all as they were stored"


def _word_indexes(folder: Path) -> str:
    """Check that the word indexes contain exactly the words of the papers."""
    with closing(PrivateCopy(folder / CATALOGUE)) as copy:
        Catalogue(copy.path).close()  # upgrades a copy of an earlier version
        with closing(sqlite3.connect(copy.path)) as db:
            for table in ("words", "metadata_words"):
                try:
                    db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
                except sqlite3.DatabaseError as error:
                    raise LibraryError(f"It does not fit the papers. {_REINDEX}") from error
    return "has the words of all papers"


def _vectors(folder: Path) -> str:
    """Check that each chunk has a vector, and that it is valid."""
    with closing(Catalogue(folder / CATALOGUE)) as catalogue:
        record = read_record(catalogue)
        pending = catalogue.pending.count_papers()
        has_vectors = catalogue.index.has_vectors()
        lost = _lost_sentences(catalogue)
        found = check_vectors(folder / record.folder) if has_vectors else None
        ids = found.ids if found else frozenset()
        missing = catalogue.index.without_vectors(ids)
        known = {int(str(row[0])) for row in catalogue.rows("SELECT id FROM chunks")}
        stale = catalogue.pending.stale_vectors()
    orphans = ids - known - set(stale)
    if found and found.problem:
        raise LibraryError(f"They are damaged: {found.problem}. {_REINDEX}")
    if missing or lost or orphans:
        raise LibraryError(
            f"{len(missing)} of chunks and {lost} of sentences are missing or damaged, "
            f"{len(orphans)} belong to no chunk. {_REINDEX}"
        )
    yet = f"; {pending} papers are not indexed yet" if pending else ""
    return f"{len(ids)} of chunks, all there{yet}"


def _lost_sentences(catalogue: Catalogue) -> int:
    """Return the number of sentences of indexed papers without an intact vector."""
    rows = catalogue.rows(
        "SELECT vector FROM chunks JOIN papers ON papers.number = chunks.paper "
        "LEFT JOIN sentence_vectors ON sentence_vectors.chunk = chunks.id "
        "WHERE level = 'sentence' AND indexed = 1"
    )
    return sum(not _is_unit_vector(row[0]) for row in rows)


def _is_unit_vector(data: object) -> bool:
    if not isinstance(data, bytes) or not data or len(data) % 2:
        return False
    vector = np.frombuffer(data, STORED_TYPE).astype(np.float32)
    return bool(abs(float(np.linalg.norm(vector)) - 1) < _TOLERANCE)


def _pdfs(folder: Path) -> str:
    """Check that the PDF of each paper exists and matches its hash."""
    store = PdfStore(folder)
    with closing(Catalogue(folder / CATALOGUE)) as catalogue:
        rows = catalogue.rows("SELECT pdf, source FROM papers WHERE pdf IS NOT NULL")
    sources = {str(pdf): str(source) for pdf, source in rows}
    missing = [source for pdf, source in sources.items() if not store.has(pdf)]
    changed = [
        source for pdf, source in sources.items() if store.has(pdf) and not store.is_intact(pdf)
    ]
    if missing or changed:
        first = (missing + changed)[0]
        raise LibraryError(
            f"{len(missing)} are missing and {len(changed)} have changed, the first that of "
            f"{first}. Add the PDFs again, or restore a backup with `assistant restore FILE`."
        )
    return (
        f"{len(sources)}, all there; {sum(store.sizes()) / 1e6:.1f} MB" if sources else "none kept"
    )


def _conversations(folder: Path) -> str:
    path = folder / CONVERSATIONS
    check_present(path)
    if not path.exists():
        return "none yet"
    _check_pages(path)
    with closing(PrivateCopy(path)) as copy, closing(sqlite3.connect(copy.path)) as db:
        [(count,)] = db.execute("SELECT count(*) FROM conversations WHERE removal IS NULL")
        broken = sum(not _is_json(content) for content in _contents(db))
    if broken:
        raise LibraryError(f"{broken} exchanges are damaged. {_RESTORE}")
    return f"{count}, all readable"


def _contents(db: sqlite3.Connection) -> Iterator[str]:
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if "exchanges" in tables:
        for (content,) in db.execute("SELECT content FROM exchanges"):
            yield str(content)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _snapshots(folder: Path) -> str:
    kept = snapshots(folder)
    if not kept:
        return "none yet; one is taken on each day with changes"
    megabytes = sum(one.bytes for one in kept) / 1e6
    return f"{len(kept)}, the latest {kept[-1].path.name}; {megabytes:.1f} MB in all"


def _check_pages(path: Path) -> None:
    with closing(PrivateCopy(path)) as copy:
        try:
            with closing(sqlite3.connect(copy.path)) as db:
                problems = [str(row[0]) for row in db.execute("PRAGMA integrity_check(3)")]
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
            problems = [str(error)]
    # The word index is derived data, and is checked separately.
    problems = [one for one in problems if "FTS5" not in one and "fts5" not in one]
    if problems not in ([], ["ok"]):
        raise LibraryError(f"{path} is damaged: {' '.join(problems[0].split())}. {_RESTORE}")
