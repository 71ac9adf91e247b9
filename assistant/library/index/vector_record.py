"""What the catalogue records about the vectors: their folder, and checksums of their files."""

import json
import os
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

from assistant.library.catalogue import Catalogue

_KEY = "vectors"
_FIRST_FOLDER = "vectors"
_DATABASE = "chroma.sqlite3"
# After a thousand changes, Chroma writes its in-memory index to files, including this one.
_WRITTEN_INDEX = "index_metadata.pickle"
_TABLES = {
    "embeddings_queue": "SELECT seq_id, id, vector FROM embeddings_queue ORDER BY seq_id",
    "embeddings": "SELECT id, segment_id, embedding_id FROM embeddings ORDER BY id",
}
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class VectorRecord:
    """The state of the vectors after the last complete change.

    Attributes:
        folder: the name of their folder within the library.
        is_clean: whether no change has begun since.
        checksums: the result of `checksums_of` at that time.
    """

    folder: str = _FIRST_FOLDER
    is_clean: bool = False
    checksums: Mapping[str, int] = field(default_factory=dict)

    def has_checksums(self, library: Path) -> bool:
        """Return whether the files match the recorded checksums."""
        return self.checksums == checksums_of(library / self.folder)


def read_record(catalogue: Catalogue) -> VectorRecord:
    """Return the record in a catalogue; a record of unchecked vectors if it has none."""
    try:
        return VectorRecord(**json.loads(catalogue.meta(_KEY) or "{}"))
    except (ValueError, TypeError):
        return VectorRecord()


def write_record(catalogue: Catalogue, record: VectorRecord) -> None:
    """Store a record in a catalogue."""
    catalogue.set_meta(_KEY, json.dumps(asdict(record)))


def checksums_of(folder: Path) -> dict[str, int]:
    """Return the checksums of the content of a folder of vectors, by file or table.

    Chroma changes files even when it only reads. What does not change is the index, once it is
    written, and the vectors in the database that are not yet part of it.
    """
    indexes = [path.parent for path in sorted(folder.glob(f"*/{_WRITTEN_INDEX}"))]
    files = [path for index in indexes for path in sorted(index.iterdir()) if path.is_file()]
    checksums = {path.relative_to(folder).as_posix(): _crc_of_file(path) for path in files}
    database = folder / _DATABASE
    if database.exists():
        with closing(
            sqlite3.connect(f"file:{quote(os.fsencode(database))}?mode=ro", uri=True)
        ) as db:
            checksums |= {table: _crc_of_rows(db, sql) for table, sql in _TABLES.items()}
    return checksums


def unused_folder(library: Path, record: VectorRecord) -> str:
    """Return a name for a new folder of vectors, different from the recorded one."""
    names = (f"{_FIRST_FOLDER}-{number}" for number in count(2))
    return next(n for n in names if n != record.folder and not (library / n).exists())


def other_folders(library: Path, record: VectorRecord) -> list[Path]:
    """Return the folders of vectors other than the recorded one, left by interrupted work."""
    folders = (library / _FIRST_FOLDER, *library.glob(f"{_FIRST_FOLDER}-*"))
    return [path for path in folders if path.is_dir() and path.name != record.folder]


def _crc_of_file(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def _crc_of_rows(db: sqlite3.Connection, sql: str) -> int:
    """Return the CRC-32 of the rows of a query; -1 if they cannot be read."""
    checksum = 0
    try:
        for row in db.execute(sql):
            for value in row:
                data = value if isinstance(value, bytes) else str(value).encode()
                checksum = zlib.crc32(data, checksum)
    except sqlite3.Error:
        return -1
    return checksum
