"""Small JSON files in a library's folder, changed by one process at a time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.atomic_write import write_atomically
from assistant.errors import LibraryError


def read_notes(path: Path) -> dict[str, Any]:
    """Return the object in a file; an empty one if there is no file.

    Raises:
        LibraryError: the file holds something else.
    """
    try:
        notes = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise LibraryError(f"{path} cannot be read ({error}). Correct or delete it.") from error
    if not isinstance(notes, dict) or not all(isinstance(one, dict) for one in notes.values()):
        raise LibraryError(f"{path} holds no notes of the assistant. Correct or delete it.")
    return notes


@contextmanager
def changing_notes(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the object in a file; what it is afterwards is written back, whole or not at all.

    Raises:
        LibraryError: the file holds something else.
        InputError: the file cannot be written.
    """
    from filelock import FileLock

    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        notes = read_notes(path)
        yield notes
        write_atomically(path, [json.dumps(notes, ensure_ascii=False, indent=2), "\n"], overwrite=True)
