"""Small JSON files in a library's folder. Only one process can edit a file at a time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.atomic_write import ANYBODY, OWNER_ONLY, write_atomically
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
    except (OSError, ValueError) as error:
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
        LibraryError: the file is not a JSON object of objects.
        InputError: the file is not writable.
    """
    from filelock import FileLock

    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        values = read_json(path)
        yield values
        text = json.dumps(values, ensure_ascii=False, indent=2)
        mode = OWNER_ONLY if is_private else ANYBODY
        write_atomically(path, [text, "\n"], overwrite=True, mode=mode)
