"""Small JSON files in a library's folder. Only one process can edit a file at a time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.atomic_write import ANYBODY, OWNER_ONLY, disk_full_as_error, replace_file
from assistant.errors import LibraryError


def read_json(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file; an empty one if the file does not exist.

    Raises:
        LibraryError: the file is not a JSON object of objects.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise LibraryError(
            f"{path} cannot be read: {error.strerror}. Check its permissions."
        ) from error
    except ValueError as error:
        raise LibraryError(f"{path} cannot be read ({error}). Correct or delete it.") from error
    if not isinstance(values, dict) or not all(
        isinstance(value, dict) for value in values.values()
    ):
        raise LibraryError(f"{path} has an unexpected format. Correct or delete it.")
    return values


@contextmanager
def edit_json(path: Path, *, is_private: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the JSON object in a file, and write it back atomically afterwards.

    Args:
        path: the file.
        is_private: whether only its owner may read the file.

    Raises:
        LibraryError: the file is not a JSON object of objects, or not writable.
        DiskFullError: the disk is full.
    """
    from filelock import FileLock

    lock = FileLock(path.with_suffix(".lock"))
    with _errors_of_writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    try:
        values = read_json(path)
        yield values
        text = json.dumps(values, ensure_ascii=False, indent=2)
        with _errors_of_writing(path):
            mode = OWNER_ONLY if is_private else ANYBODY
            replace_file(path.resolve(), [text, "\n"], mode=mode)
    finally:
        lock.release()


@contextmanager
def _errors_of_writing(path: Path) -> Iterator[None]:
    try:
        with disk_full_as_error(path):
            yield
    except OSError as error:
        raise LibraryError(
            f"{path} cannot be written: {error.strerror}. Check its permissions, or choose another "
            "folder with --library."
        ) from error
