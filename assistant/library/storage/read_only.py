"""Folders that cannot be written: their files are read from private copies.

SQLite in WAL mode and Chroma write files even for reading.
"""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory


def is_read_only(path: Path) -> bool:
    """Return whether a folder, or an existing file or its folder, cannot be written."""
    places = (path,) if path.is_dir() else (path, path.parent)
    return path.exists() and not all(os.access(place, os.W_OK) for place in places)


class PrivateCopy:
    """A copy of a SQLite file or of a folder, deleted when it is closed."""

    def __init__(self, path: Path) -> None:
        """Copy a file with its write-ahead log, or a folder."""
        self._folder = TemporaryDirectory(prefix="assistant-")
        self.path = Path(self._folder.name) / path.name
        if path.is_dir():
            shutil.copytree(path, self.path, copy_function=shutil.copyfile)
            for folder in (self.path, *filter(Path.is_dir, self.path.rglob("*"))):
                folder.chmod(0o700)  # copied folders are as read-only as the originals
            return
        for file in (path, path.with_name(f"{path.name}-wal")):
            if file.exists():
                shutil.copyfile(file, self.path.with_name(file.name))

    def close(self) -> None:
        """Delete the copy."""
        self._folder.cleanup()
