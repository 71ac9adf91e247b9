"""The marker of a library folder: which files belong to it, so that a missing one is noticed."""

import json
from datetime import UTC, datetime
from pathlib import Path

from assistant.atomic_write import write_atomically
from assistant.errors import LibraryError
from assistant.library.storage.read_only import is_read_only

FILE_NAME = "library.json"
"""The name of the marker in a library folder."""

CATALOGUE = "catalogue.sqlite"
"""The name of the catalogue in a library folder."""

SNAPSHOTS = "snapshots"
"""The name of the folder of snapshots in a library folder."""

# Created after the catalogue: in a folder without a marker, they show that there was a catalogue.
_TRACES = ("words.sqlite", "vectors/chroma.sqlite3")


def check_name(folder: Path) -> None:
    """Raise `LibraryError` if the path of a library cannot be opened by its index of vectors."""
    try:
        str(folder.absolute()).encode()
    except UnicodeEncodeError as error:
        raise LibraryError(
            f"The path of the library {folder} has bytes that are no text in UTF-8, which the "
            "index of vectors cannot open. Rename the folder."
        ) from error


def check_present(path: Path) -> None:
    """Check that a file of a library is not missing or empty, if it ever existed.

    Args:
        path: the file, which need not exist in a new library.

    Raises:
        LibraryError: the file is missing.
    """
    if path.is_file() and path.stat().st_size:
        return
    folder = path.parent
    made = path.name in _files(folder)
    if made or (path.name == CATALOGUE and any((folder / name).exists() for name in _TRACES)):
        raise LibraryError(
            f"{path} is missing, though {folder} is a library. Put the file back, or run "
            f"`assistant restore --library {folder}` to restore the latest snapshot; add the name "
            "of a backup to restore that. To start a new library, use another folder."
        )


def record_file(path: Path) -> None:
    """Record that a file belongs to the library in its folder."""
    marker = path.with_name(FILE_NAME)
    files = _files(path.parent)
    if path.name in files or is_read_only(path):
        return
    values = {"made": datetime.now(UTC).isoformat(timespec="seconds"), **_values(marker)}
    values["files"] = sorted({*files, path.name})
    write_atomically(marker, [json.dumps(values, indent=1), "\n"], overwrite=True)


def _files(folder: Path) -> list[str]:
    files = _values(folder / FILE_NAME).get("files")
    return [str(name) for name in files] if isinstance(files, list) else []


def _values(marker: Path) -> dict[str, object]:
    try:
        values = json.loads(marker.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # missing or damaged
    return values if isinstance(values, dict) else {}
