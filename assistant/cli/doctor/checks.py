"""The checks of ``assistant doctor``."""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from importlib import import_module, metadata
from pathlib import Path

from rich.filesize import decimal

from assistant.cli.doctor.check import Check
from assistant.cli.terminal.open import open_catalogue
from assistant.cores import cores
from assistant.errors import AssistantError, LibraryError, ModelError
from assistant.models import MEMORY_BESIDE_MODEL, calibration_of, list_models, locate
from assistant.settings import Settings, cache_folder

_OLDEST_PYTHON = (3, 11)
_PACKAGES = {
    "llama-cpp-python": "llama_cpp",
    "chromadb": "chromadb",
    "sentence-transformers": "sentence_transformers",
}
# Size of a library of about ten thousand papers.
_LIBRARY_BYTES = 500_000_000


def run_checks(folder: Path, settings: Settings) -> list[Check]:
    """Check the machine, the packages, the models and a library, without changing anything.

    Args:
        folder: the library folder.
        settings: name the model and the embedder to check.
    """
    settings = _with_library_embedder(folder, settings)
    return [
        _python(),
        _cores(),
        _memory(settings),
        _disk("disk for models", cache_folder(), _bytes_to_pull(settings)),
        _disk("disk for library", folder, _LIBRARY_BYTES),
        *(_package(name, module) for name, module in _PACKAGES.items()),
        *_models(settings),
        _check_call("embedder", lambda: str(locate(settings.embedder))),
        *_library(folder, settings.embedder, settings.model),
        *_weights(settings),
    ]


def _with_library_embedder(folder: Path, settings: Settings) -> Settings:
    from assistant.library import with_recorded_embedder

    try:
        return with_recorded_embedder(settings, folder)
    except LibraryError:  # reported by the check of the library
        return settings


def _python() -> Check:
    required = ".".join(map(str, _OLDEST_PYTHON))
    return _check(
        "Python",
        sys.version_info >= _OLDEST_PYTHON,
        platform.python_version(),
        f"Install Python {required} or newer.",
    )


def _cores() -> Check:
    return Check("cores", True, str(cores()))


def _memory(settings: Settings) -> Check:
    try:
        weights = locate(settings.model).stat().st_size if settings.has_local_model else 0
    except AssistantError:  # reported by the check of the model
        weights = 0
    available = _available_memory()
    return _check(
        "memory",
        available >= weights + MEMORY_BESIDE_MODEL,
        f"{decimal(available)} available",
        f"{decimal(weights + MEMORY_BESIDE_MODEL)} are needed: close other programs or choose "
        "a smaller model with --model.",
    )


def _available_memory() -> int:
    """Return the available memory in bytes; the total memory where only that is known."""
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        for line in meminfo.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _disk(name: str, folder: Path, needed: int) -> Check:
    existing = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    free = shutil.disk_usage(existing).free
    if not os.access(existing, os.W_OK):
        return Check(name, False, f"{existing} is not writable. Choose another folder.")
    return _check(
        name,
        free >= needed,
        f"{decimal(free)} free in {existing}",
        f"{decimal(needed)} are needed: free some space.",
    )


def _bytes_to_pull(settings: Settings) -> int:
    return sum(
        status.entry.bytes - status.bytes_on_disk
        for status in list_models()
        if status.entry.name in _names_of_models(settings) and not status.present
    )


def _names_of_models(settings: Settings) -> tuple[str, ...]:
    """Return the names of the models that have to be on this machine."""
    model = (settings.model,) if settings.has_local_model else ()
    return (*model, settings.embedder)


def _models(settings: Settings) -> list[Check]:
    """Check the model's file, or the endpoints that serve it."""
    checks = []
    if settings.has_local_model:
        checks.append(_check_call("model", lambda: str(locate(settings.model))))
    if settings.endpoints:
        from assistant.cli.doctor.endpoints import check_endpoints

        checks += check_endpoints(settings)
    return checks


def _package(name: str, module: str) -> Check:
    try:
        import_module(module)
    except Exception as error:  # a broken native library may raise anything
        return Check(name, False, f"cannot be imported ({error}). Install it again with pip.")
    return Check(name, True, metadata.version(name))


def _library(folder: Path, embedder: str, model: str) -> list[Check]:
    if not folder.exists():
        return [Check("library", True, f"none yet in {folder}; the first question creates it")]
    state = _check_call("library", lambda: _library_state(folder, embedder))

    from assistant.library.inspect_library import inspect_library

    found = [Check(one.name, one.ok, one.detail) for one in inspect_library(folder)]
    return [state, *found, *_library_calibration(folder, model)]


def _library_calibration(folder: Path, model: str) -> list[Check]:
    """Describe the library's own calibration, if it has one for the model."""
    from assistant.answering.library_calibration import library_calibration

    try:
        own = library_calibration(folder, model, calibration_of(model))
    except ModelError:
        return []  # the check of the model says what is wrong
    except LibraryError as error:
        return [Check("abstention", False, str(error))]
    return [Check("abstention", True, str(own))] if own else []


def _weights(settings: Settings) -> list[Check]:
    """Hash the files of the models, even if their modification times are unchanged."""
    from assistant.models.store import folder_of, has_hash

    checks = []
    for status in list_models():
        name = status.entry.name
        if status.present and name in _names_of_models(settings):
            files = status.entry.files
            bad = [file.path for file in files if not has_hash(folder_of(name), file)]
            fix = f"Run `assistant models remove {name}` and `assistant models pull {name}`."
            found = f"{', '.join(bad)} damaged" if bad else f"{name} has its hashes"
            checks.append(_check(f"files of the {status.entry.kind}", not bad, found, fix))
    return checks


def _library_state(folder: Path, embedder: str) -> str:
    with closing(open_catalogue(folder)) as catalogue:
        papers, pending = catalogue.count(), catalogue.pending.count_papers()
        indexed_with = catalogue.meta("embedder")
    if indexed_with != embedder:
        raise LibraryError(
            f"{folder} was indexed with {indexed_with}, not {embedder}: add --set "
            f"embedder={indexed_with}, or run `assistant papers reindex --embedder {embedder}`."
        )
    if pending:
        raise LibraryError(
            f"{pending} of the {papers} papers in {folder} are not indexed: "
            "run `assistant papers reindex`."
        )
    return f"{papers} papers in {folder}, indexed with {embedder}"


def _check_call(name: str, find: Callable[[], str]) -> Check:
    """Return a check with the result of a function, or a failed one with its error message."""
    try:
        return Check(name, True, find())
    except AssistantError as error:
        return Check(name, False, str(error))


def _check(name: str, ok: bool, found: str, fix: str) -> Check:
    return Check(name, ok, found if ok else f"{found}. {fix}")
