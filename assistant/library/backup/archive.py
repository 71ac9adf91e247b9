"""Backups: zip files with copies of a library's files, and a manifest with their hashes."""

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from assistant.atomic_write import is_disk_full
from assistant.errors import DiskFullError, InputError, LibraryError
from assistant.library.catalogue import Catalogue
from assistant.library.conversations import FILE_NAME as CONVERSATIONS
from assistant.library.index.vector_record import read_record
from assistant.library.pdfs import FOLDER as PDFS
from assistant.library.pdfs import PdfStore
from assistant.library.storage.copying import copy_database
from assistant.library.storage.disk_errors import is_out_of_room
from assistant.library.storage.marker import CATALOGUE, check_present
from assistant.library.storage.read_only import is_read_only
from assistant.library.storage.writing_lock import WritingLock
from assistant.papers.references.csl_style import FOLDER as STYLES
from assistant.papers.references.csl_style import SUFFIX as STYLE_SUFFIX
from assistant.settings import APP_NAME

VECTORS = "vectors"
"""The folder of vectors in a backup."""

WORK_PREFIX = ".backup-"
"""The prefix of the temporary folders in which backups are assembled, next to the backup file."""

_MANIFEST = "manifest.json"
_FORMAT = 1
_COMPRESSED_ALREADY = (".pdf",)
_DATABASES = (CATALOGUE, CONVERSATIONS)
# Derived data, temporary files, and files of a running process.
_LEFT_OUT = ("words.sqlite", "results.sqlite", "map.json", "writing.json", "running-server.json")
_LEFT_OUT_ENDINGS = (".lock", "-wal", "-shm", "-journal", ".partial")
# Removes what a backup without vectors does not need. Vectors are computed when it is restored.
_FORGET_VECTORS = """
    UPDATE papers SET indexed = 0;
    DELETE FROM sentence_vectors;
    DELETE FROM stale_vectors;
    DELETE FROM meta WHERE key = 'vectors';
"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup contains.

    Attributes:
        made: the time of the backup, in ISO 8601.
        version: the version of the assistant that made it.
        papers: the number of papers.
        conversations: the number of conversations.
        vectors: whether it contains vectors; otherwise they are computed when it is restored.
        files: the SHA-256 of each file, by name.
        format: the version of the backup format.
    """

    made: str
    version: str
    papers: int
    conversations: int
    vectors: bool
    files: Mapping[str, str]
    format: int = _FORMAT

    @property
    def pdfs(self) -> int:
        """The number of PDFs in the backup."""
        return sum(PurePosixPath(name).parts[0] == PDFS for name in self.files)


def write_backup(
    library: Path,
    file: Path,
    *,
    vectors: bool = False,
    pdfs: bool = True,
    overwrite: bool = False,
) -> Manifest:
    """Write a backup of a library. Other processes may read and write the library meanwhile.

    Args:
        library: the library's folder.
        file: the backup. It appears once it is complete, readable by its owner only.
        vectors: whether to include the vectors. Writers then wait until they are copied.
        pdfs: whether to include the PDFs of the papers.
        overwrite: whether to replace an existing file.

    Raises:
        InputError: the file exists already, or cannot be written.
        LibraryError: there is no library in the folder, or it is damaged.
        DiskFullError: there is no room for the backup.
    """
    check_present(library / CATALOGUE)
    if not (library / CATALOGUE).exists():
        raise LibraryError(f"There is no library in {library}. Choose another with --library.")
    if file.is_dir() or (file.exists() and not overwrite):
        raise InputError(f"{file} already exists. Name another file, or overwrite with --force.")
    try:
        with TemporaryDirectory(dir=file.absolute().parent, prefix=WORK_PREFIX) as work:
            return _write(library, file, Path(work), vectors=vectors, pdfs=pdfs)
    except sqlite3.Error as error:
        if is_out_of_room(error):
            raise DiskFullError(file) from error
        raise LibraryError(f"{library} cannot be backed up: {error}. Try again.") from error
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError(file) from error
        if error.filename and Path(error.filename).is_relative_to(library):
            raise LibraryError(f"{error.filename} cannot be read: {error.strerror}.") from error
        raise InputError(
            f"{file} cannot be written: {error.strerror}. Name a file in another folder."
        ) from error


def read_manifest(file: Path) -> Manifest:
    """Return the manifest of a backup.

    Raises:
        InputError: the file is not a backup, or was made by a newer version of the assistant.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest(**json.loads(archive.read(_MANIFEST)))
    except FileNotFoundError as error:
        raise InputError(f"There is no file {file}. Check the path and try again.") from error
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise InputError(f"{file} is no backup of a library, or damaged ({error}).") from error
    if manifest.format > _FORMAT:
        raise InputError(f"{file} was made by a newer version of the assistant. Update it.")
    for name in manifest.files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise InputError(f"{file} is no backup of a library: it holds {name}.")
    return manifest


def unpack(file: Path, folder: Path) -> Manifest:
    """Unpack a backup into an empty folder, and check the hash of each file.

    Raises:
        InputError: the file is not a backup, or is damaged.
    """
    manifest = read_manifest(file)
    with zipfile.ZipFile(file) as archive:
        for name, expected in manifest.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with archive.open(name) as packed, target.open("xb") as unpacked:
                    os.fchmod(unpacked.fileno(), 0o600)  # conversations, accounts, keys
                    shutil.copyfileobj(packed, unpacked)
                intact = _hash(target) == expected
            except (KeyError, zipfile.BadZipFile, EOFError, ValueError) as error:
                raise InputError(f"{file} is damaged ({error}). Use another backup.") from error
            if not intact:
                raise InputError(f"{file} is damaged: {name} has changed. Use another backup.")
    return manifest


def _write(library: Path, file: Path, work: Path, *, vectors: bool, pdfs: bool) -> Manifest:
    content = work / "content"
    content.mkdir()
    is_locked = vectors and not is_read_only(library)
    with WritingLock(library).held() if is_locked else nullcontext():
        for name in _DATABASES:
            if (library / name).exists():
                copy_database(library / name, content / name)
        if vectors:
            with closing(Catalogue(content / CATALOGUE)) as catalogue:
                folder = library / read_record(catalogue).folder
            if folder.is_dir():
                shutil.copytree(folder, content / VECTORS)
    with closing(sqlite3.connect(content / CATALOGUE)) as db:
        if not vectors:
            db.executescript(_FORGET_VECTORS)
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("VACUUM")
        [(papers,)] = db.execute("SELECT count(*) FROM papers")
    for path in other_files(library):
        copy = content / path.relative_to(library)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
    contained = {
        path.relative_to(content).as_posix(): path
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }
    if pdfs:
        contained |= _pdfs(library, content / CATALOGUE)
    packed = work / "packed"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        manifest = Manifest(
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            version=metadata.version(APP_NAME),
            papers=papers,
            conversations=_count_conversations(content / CONVERSATIONS),
            vectors=vectors,
            files=_pack(archive, contained),
        )
        archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
    packed.chmod(0o600)
    with packed.open("rb") as written:
        os.fsync(written.fileno())
    packed.replace(file)
    return manifest


def _pack(archive: zipfile.ZipFile, contained: Mapping[str, Path]) -> dict[str, str]:
    """Write files to an archive; return their hashes by name.

    Missing files are left out: PDFs of papers that were removed in the meantime.
    """
    hashes = {}
    for name, path in contained.items():
        is_compressed = path.suffix in _COMPRESSED_ALREADY
        try:
            digest = _hash(path)
            archive.write(path, name, zipfile.ZIP_STORED if is_compressed else None)
        except FileNotFoundError:
            continue
        hashes[name] = digest
    return hashes


def _pdfs(library: Path, catalogue: Path) -> dict[str, Path]:
    """Return the PDFs of a catalogue's papers, by their names in a backup.

    They are packed without being copied first: they never change, but may be removed.
    """
    store = PdfStore(library)
    if not any(store.files()):
        return {}
    with closing(Catalogue(catalogue)) as opened:
        used = sorted(opened.pdfs.used())
    return {f"{PDFS}/{store.path(one).name}": store.path(one) for one in used if store.has(one)}


def other_files(library: Path) -> Iterator[Path]:
    """Yield the files of a library other than the databases, and the citation styles."""
    for path in sorted(library.iterdir()):
        is_left_out = (
            path.name in (*_DATABASES, *_LEFT_OUT)
            or path.name.startswith(".")
            or path.name.endswith(_LEFT_OUT_ENDINGS)
        )
        if path.is_file() and not is_left_out:
            yield path
    yield from sorted((library / STYLES).glob(f"*{STYLE_SUFFIX}"))


def _count_conversations(path: Path) -> int:
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as db:
        [(count,)] = db.execute("SELECT count(*) FROM conversations WHERE removal IS NULL")
    return int(count)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
