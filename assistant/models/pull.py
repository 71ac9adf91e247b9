"""Pulling a model: try its sources in order until all its files are here and verified."""

import contextlib
import errno
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ModelError
from assistant.models import hugging_face_hub, store, wheels
from assistant.models.partial_file import DamagedError, Partial, SourceError, partial_path
from assistant.models.references import check_local, is_path
from assistant.models.registry import (
    HuggingFaceSource,
    ModelEntry,
    ModelFile,
    Registry,
    Source,
    load_registry,
)

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_USE_A_FILE = "If you have a GGUF file, use it as it is: --model /path/to/file.gguf"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far a pull is.

    Attributes:
        model: its name.
        bytes_done: how many bytes of the model are here.
        bytes_total: how many it has.
        note: something worth a line of its own, such as a source that was passed over; mostly "".
    """

    model: str
    bytes_done: int
    bytes_total: int
    note: str = ""


Report = Callable[[PullProgress], None]


def pull(name: str, report: Report | None = None, *, registry: Registry | None = None) -> Path:
    """Bring a model into the cache, verified, and return its GGUF file or its embedder's folder.

    A model that is here returns at once; an interrupted pull goes on where it stopped; a second
    pull of the same model waits for the first.

    Args:
        name: a registry name or ``hf:owner/repo/file.gguf``. The path of a local model is only
            checked and returned.
        report: called with the progress, several times a mebibyte.
        registry: the models known by name; those shipped with the package if None.

    Raises:
        ModelError: it is unknown, no source can give it, or the disk is full.
    """
    known_models = registry or load_registry()
    is_reference = hugging_face_hub.is_reference(name)
    if not is_reference and name not in known_models and is_path(name):
        return check_local(Path(name).expanduser())
    if not is_reference and store.is_verified(known_models[name]):
        return store.path_of(known_models[name])

    report = report or (lambda _: None)

    def say_waiting() -> None:
        _tell(report, PullProgress(name, 0, 0, f"Waiting for another process that has {name}."))

    try:
        with store.lock(name, say_waiting):
            entry = _describe(name) if is_reference else known_models[name]
            path = store.path_of(entry)
            if not store.is_verified(entry):  # another process may have brought it meanwhile
                _fetch(entry, report)
                check_local(path)
                store.record_verified(entry)
    except OSError as error:
        raise ModelError(f"The models folder cannot be written: {error}.") from error
    return path


def _tell(report: Report, progress: PullProgress) -> None:
    _log.info(progress.note)
    report(progress)


def _describe(reference: str) -> ModelEntry:
    known = store.verified_files(reference)
    if known:
        source, file = hugging_face_hub.parse_reference(reference)
        return ModelEntry(reference, "gguf", file, "", 0, 0, known, (source,))
    try:
        return hugging_face_hub.describe(reference)
    except SourceError as error:
        raise ModelError(f"{reference} cannot be had: {error}.\n{_USE_A_FILE}") from error


def _fetch(entry: ModelEntry, report: Report) -> None:
    folder = store.folder_of(entry.name)
    here = {file.path: file.bytes for file in entry.files if store.has_hash(folder, file)}
    for file in entry.files:
        if file.path not in here:
            here[file.path] = _bytes_begun(folder, file)
    _check_space(entry, folder, sum(here.values()))

    def progress(note: str = "") -> PullProgress:
        return PullProgress(entry.name, sum(here.values()), entry.bytes, note)

    def advance(file: ModelFile, size: int) -> None:
        here[file.path] = size
        report(progress())

    failures: list[str] = []
    for source in entry.sources:
        missing = [file for file in entry.files if not store.has_hash(folder, file)]
        if not missing:
            return
        try:
            _fetch_from(source, missing, folder, advance)
        except SourceError as error:
            failures.append(f"{source}: {error}")
            _tell(report, progress(failures[-1]))
        except OSError as error:
            if error.errno not in _DISK_FULL:
                raise
            _discard(entry, folder)
            raise _disk_full(entry, folder) from error
        else:
            return
    tried = "\n".join(f"  - {failure}" for failure in failures)
    raise ModelError(f"{entry.name} cannot be had from any source:\n{tried}\n{_USE_A_FILE}")


def _fetch_from(
    source: Source,
    files: list[ModelFile],
    folder: Path,
    advance: Callable[[ModelFile, int], None],
) -> None:
    def fetch() -> None:
        missing = [file for file in files if not store.has_hash(folder, file)]
        if isinstance(source, HuggingFaceSource):
            hugging_face_hub.fetch(source, missing, folder, advance)
        else:
            wheels.fetch(source, missing, folder, advance)

    resumed = any(partial_path(folder, file).exists() for file in files)
    try:
        fetch()
    except DamagedError:
        if not resumed:
            raise
        fetch()  # the damage may lie in bytes of an earlier pull, which are deleted now


def _bytes_begun(folder: Path, file: ModelFile) -> int:
    """Return how much an earlier pull left of a file; if that is all of it, move it into place."""
    path = partial_path(folder, file)
    begun = path.stat().st_size if path.exists() else 0
    if begun >= file.bytes:
        with Partial(folder, file) as partial, contextlib.suppress(DamagedError):
            partial.finish()
            return begun
        return 0
    return begun


def _check_space(entry: ModelEntry, folder: Path, bytes_here: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < entry.bytes - bytes_here:
        raise _disk_full(entry, folder)


def _disk_full(entry: ModelEntry, folder: Path) -> ModelError:
    return ModelError(
        f"The disk is full: {entry.name} needs {entry.bytes:,} bytes in {folder}, where "
        f"{shutil.disk_usage(folder).free:,} are free. Make room, or choose another folder with "
        "the environment variable ASSISTANT_CACHE."
    )


def _discard(entry: ModelEntry, folder: Path) -> None:
    for file in entry.files:
        partial_path(folder, file).unlink(missing_ok=True)
