"""Restoring a backup, even into a library that other processes have open."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import LibraryError
from assistant.library.backup.archive import (
    VECTORS,
    Manifest,
    other_files,
    read_manifest,
    unpack,
    write_backup,
)
from assistant.library.backup.snapshots import BEFORE_RESTORE
from assistant.library.catalogue import Catalogue
from assistant.library.conversations import FILE_NAME as CONVERSATIONS
from assistant.library.conversations import Conversations
from assistant.library.index.vector_record import (
    VectorRecord,
    checksums_of,
    other_folders,
    read_record,
    unused_folder,
    write_record,
)
from assistant.library.pdfs import PdfStore
from assistant.library.storage.copying import copy_database
from assistant.library.storage.damage import DamagedError
from assistant.library.storage.disk_errors import disk_errors_as_library_errors
from assistant.library.storage.marker import CATALOGUE, SNAPSHOTS, record_file
from assistant.library.storage.writing_lock import WritingLock
from assistant.papers.references.csl_style import FOLDER as STYLES

_WORK_PREFIX = ".restoring-"


def restore_backup(library: Path, file: Path) -> Manifest:
    """Replace the content of a library folder with that of a backup.

    What was there before is kept in ``snapshots/before-restore.zip`` if all of it can be read, and
    in a folder ``damaged-...`` if not. Nothing changes if the backup is damaged.

    Args:
        library: the folder, which need not exist.
        file: the backup.

    Raises:
        InputError: the file is not a backup, or is damaged.
        LibraryError: the folder cannot be written.
    """
    read_manifest(file)
    with disk_errors_as_library_errors(library):
        library.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            WritingLock(library).held(),
            TemporaryDirectory(dir=library, prefix=_WORK_PREFIX) as work,
        ):
            content = Path(work)
            for interrupted in library.glob(f"{_WORK_PREFIX}*"):
                if interrupted != content:
                    shutil.rmtree(interrupted, ignore_errors=True)
            manifest = unpack(file, content)
            vectors = _prepare(library, content)
            aside = library / f"damaged-{datetime.now():%Y-%m-%d-%H%M%S}"
            _keep_current(library, aside)
            if (content / VECTORS).is_dir():
                (content / VECTORS).replace(library / vectors.folder)
            _add_pdfs(PdfStore(content), PdfStore(library))
            for style in sorted((content / STYLES).glob("*")):
                (library / STYLES).mkdir(exist_ok=True)
                style.replace(library / STYLES / style.name)
            for path in sorted(content.iterdir()):
                if path.name in (CATALOGUE, CONVERSATIONS):
                    _replace_database(path, library / path.name, aside)
                    record_file(library / path.name)
                elif path.is_file():
                    path.replace(library / path.name)
            for folder in other_folders(library, vectors):
                shutil.rmtree(folder, ignore_errors=True)
    return manifest


def _prepare(library: Path, content: Path) -> VectorRecord:
    """Upgrade the files of a backup to this version, and record where its vectors will be."""
    if (content / CONVERSATIONS).exists():
        Conversations(content / CONVERSATIONS).close()
    with closing(Catalogue(content / CATALOGUE)) as catalogue:
        current = VectorRecord()
        if (library / CATALOGUE).exists():
            try:
                with closing(Catalogue(library / CATALOGUE)) as before:
                    current = read_record(before)
            except LibraryError:  # damaged
                current = VectorRecord()
        folder = unused_folder(library, current)
        vectors = VectorRecord(folder)
        if (content / VECTORS).is_dir():
            vectors = VectorRecord(folder, True, checksums_of(content / VECTORS))
        write_record(catalogue, vectors)
    return vectors


def _add_pdfs(restored: PdfStore, current: PdfStore) -> None:
    """Add the PDFs of a backup to the current ones, which are kept for a day."""
    current.protect_for_a_day([path.stem for path in current.files()])
    for path in restored.files():
        current.folder.mkdir(mode=0o700, exist_ok=True)
        path.replace(current.path(path.stem))


def _keep_current(library: Path, aside: Path) -> None:
    """Keep what a library holds: in a backup, or, if a part cannot be read, in a folder."""
    if not (library / CATALOGUE).exists():
        return
    (library / SNAPSHOTS).mkdir(exist_ok=True)
    try:
        write_backup(library, library / SNAPSHOTS / BEFORE_RESTORE, overwrite=True)
    except LibraryError:  # a part is damaged or empty
        aside.mkdir(mode=0o700, exist_ok=True)
        for path in other_files(library):
            copy = aside / path.relative_to(library)
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(path, copy)
        for name in (CATALOGUE, CONVERSATIONS):
            # A damaged file is moved there by `_replace_database`.
            if (library / name).exists() and _is_intact(library / name):
                copy_database(library / name, aside / name)


def _replace_database(restored: Path, current: Path, aside: Path) -> None:
    """Replace the content of a SQLite file, which may be open, with that of another one."""
    if current.exists() and _is_intact(current):
        with (
            closing(sqlite3.connect(restored)) as source,
            closing(sqlite3.connect(current)) as target,
        ):
            source.backup(target)
        return
    files = [current.with_name(current.name + suffix) for suffix in ("", "-wal", "-shm")]
    for file in files:
        if file.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            file.replace(aside / file.name)
    with closing(sqlite3.connect(restored)) as source:
        source.execute("PRAGMA journal_mode = DELETE")
    restored.replace(current)
    with closing(sqlite3.connect(current)) as db:
        db.execute("PRAGMA journal_mode = WAL")


def _is_intact(path: Path) -> bool:
    with TemporaryDirectory(prefix="assistant-") as folder:
        try:
            copy_database(path, Path(folder) / path.name)
        except DamagedError:
            return False
    return True
