"""The models in the cache folder, and whether their files are verified.

Each model has a folder, ``<cache>/models/<name>/``. The file ``.verified.json`` in it records the
size, modification time and SHA-256 of each file when it was last hashed. A file whose size and time
have not changed counts as verified; otherwise it is hashed again.
"""

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ModelError
from assistant.models.hugging_face_hub import is_reference, parse_reference
from assistant.models.registry import ModelEntry, ModelFile, Registry, load_registry
from assistant.settings import cache_folder

_RECORD = ".verified.json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """The state of a model in the cache.

    Attributes:
        entry: the model.
        present: whether all its files exist at their full size.
        path: its GGUF file, or an embedder's folder; it may not exist.
        bytes_on_disk: disk usage, partial downloads included.
    """

    entry: ModelEntry
    present: bool
    path: Path
    bytes_on_disk: int


@dataclass(frozen=True, slots=True)
class _Record:
    name: str = ""
    files: tuple[tuple[ModelFile, int], ...] = ()  # with their modification times in ns


def folder_of(name: str) -> Path:
    """Return the folder of a registry name or an ``hf:`` reference."""
    if is_reference(name):
        parse_reference(name)  # a malformed reference must not become a path
        name = name.replace(":", "--").replace("/", "--")
    return cache_folder() / "models" / name


def path_of(entry: ModelEntry) -> Path:
    """Return the path to load a model from: its GGUF file, or an embedder's folder."""
    folder = folder_of(entry.name)
    return folder / entry.files[0].path if entry.kind == "gguf" else folder


def is_verified(entry: ModelEntry) -> bool:
    """Return whether all files exist and are verified; only changed files are hashed."""
    folder = folder_of(entry.name)
    recorded = verified_files(entry.name)
    if all(file in recorded for file in entry.files):
        return True
    if not all(_has_size(folder, file) for file in entry.files):
        return False
    if not all(has_hash(folder, file) for file in entry.files):
        return False
    record_verified(entry)
    return True


def has_hash(folder: Path, file: ModelFile) -> bool:
    """Return whether a file exists and has the expected size and SHA-256."""
    if not _has_size(folder, file):
        return False
    if file.sha256 is None:
        return True
    with (folder / file.path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256


def record_verified(entry: ModelEntry) -> None:
    """Record that the files of a model are verified."""
    folder = folder_of(entry.name)
    files = {
        file.path: {
            "bytes": file.bytes,
            "sha256": file.sha256,
            "mtime_ns": (folder / file.path).stat().st_mtime_ns,
        }
        for file in entry.files
    }
    try:
        text = json.dumps({"name": entry.name, "files": files}, indent=1)
        (folder / _RECORD).write_text(text, encoding="utf-8")
    except OSError as error:  # with a read-only cache, the files are hashed each time
        _log.debug("Cannot record that %s is verified: %s", entry.name, error)


def verified_files(name: str) -> tuple[ModelFile, ...]:
    """Return the files of a model that are verified and unchanged since."""
    folder = folder_of(name)
    files = _read_record(folder).files
    return tuple(file for file, modified in files if _is_unchanged(folder, file, modified))


@contextmanager
def lock(name: str, waiting: Callable[[], None]) -> Iterator[None]:
    """Lock a model for this process; call ``waiting`` once if another process holds the lock."""
    from filelock import FileLock, Timeout

    # Not inside the model's folder, which `remove` deletes.
    path = cache_folder() / "models" / ".locks" / f"{folder_of(name).name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    file_lock = FileLock(path)
    try:
        file_lock.acquire(blocking=False)
    except Timeout:
        waiting()
        file_lock.acquire()
    try:
        yield
    finally:
        file_lock.release()


def list_models(*, registry: Registry | None = None) -> list[ModelStatus]:
    """Return the state of each known model, and of each pulled ``hf:`` reference."""
    known = registry or load_registry()
    entries = [*known.entries.values(), *_pulled_references()]
    return [_status(entry) for entry in entries]


def remove(name: str, *, registry: Registry | None = None) -> int:
    """Delete a model from the cache and return the number of bytes freed.

    Raises:
        ModelError: there is no such model, or it cannot be deleted.
    """
    if not is_reference(name):
        name = (registry or load_registry())[name].name
    folder = folder_of(name)
    with lock(name, lambda: _log.info("Waiting for another process that uses %s", name)):
        freed = _bytes_in(folder)
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise ModelError(f"{folder} cannot be deleted: {error}. Delete it manually.") from error
    return freed


def _status(entry: ModelEntry) -> ModelStatus:
    folder = folder_of(entry.name)
    present = all(_has_size(folder, file) for file in entry.files)
    return ModelStatus(entry, present, path_of(entry), _bytes_in(folder))


def _pulled_references() -> Iterator[ModelEntry]:
    for folder in sorted((cache_folder() / "models").glob("hf--*")):
        name = _read_record(folder).name
        files = verified_files(name) if is_reference(name) else ()
        if files:
            source, file = parse_reference(name)
            description = f"{file} from {source}"
            yield ModelEntry(name, "gguf", description, "", 0, 0, files, (source,))


def _read_record(folder: Path) -> _Record:
    try:
        data = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        files = (
            (ModelFile(path, record["bytes"], record["sha256"]), record["mtime_ns"])
            for path, record in data["files"].items()
        )
        return _Record(data["name"], tuple(files))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _Record()  # missing or incomplete: the files are hashed again


def _is_unchanged(folder: Path, file: ModelFile, modified: int) -> bool:
    path = folder / file.path
    return _has_size(folder, file) and path.stat().st_mtime_ns == modified


def _has_size(folder: Path, file: ModelFile) -> bool:
    path = folder / file.path
    return path.is_file() and path.stat().st_size == file.bytes


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
