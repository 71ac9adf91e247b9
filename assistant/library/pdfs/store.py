"""The PDFs of a library, in the folder ``pdfs``, each named by the SHA-256 of its content."""

import hashlib
import os
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

FOLDER = "pdfs"
"""The name of the folder in a library folder."""

_SUFFIX = ".pdf"
_PARTIAL = ".partial"
_BLOCK = 1 << 20
# Removing papers can be undone while the web page that did it is open.
_KEPT_S = 86_400


class PdfStore:
    """The files in a folder. Their names are digests, so a file never changes.

    Raises `OSError` if the disk cannot be read or written.

    Attributes:
        folder: the folder of the files; created with the first file.
    """

    def __init__(self, library: Path) -> None:
        """Use the PDFs in a library folder."""
        self.folder = library / FOLDER

    def path(self, sha256: str) -> Path:
        """Return the path for a digest, whether or not the file exists."""
        return self.folder / f"{sha256}{_SUFFIX}"

    def has(self, sha256: str) -> bool:
        """Return whether there is a file with a digest."""
        return self.path(sha256).is_file()

    def add(self, source: Path) -> str:
        """Copy a file into the store; return its digest.

        The copy appears once it is complete, and only its owner can read it.
        """
        self.folder.mkdir(mode=0o700, exist_ok=True)
        partial = self.folder / f".{os.getpid()}-{time.monotonic_ns()}{_PARTIAL}"
        digest = hashlib.sha256()
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with source.open("rb") as original, os.fdopen(descriptor, "wb") as copy:
                while block := original.read(_BLOCK):
                    digest.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            # Replacing a file by one with the same content updates the time that `purge` checks.
            partial.replace(self.path(digest.hexdigest()))
        finally:
            partial.unlink(missing_ok=True)
        return digest.hexdigest()

    def is_intact(self, sha256: str) -> bool:
        """Return whether the file with a digest still has that content."""
        with self.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def files(self) -> Iterator[Path]:
        """Yield the paths of all files."""
        yield from self.folder.glob(f"*{_SUFFIX}")

    def sizes(self) -> list[int]:
        """Return the sizes of all files, in bytes."""
        return [path.stat().st_size for path in self.files()]

    def delete(self, digests: Iterable[str]) -> None:
        """Delete files."""
        for sha256 in digests:
            self.path(sha256).unlink(missing_ok=True)

    def protect_for_a_day(self, digests: Iterable[str]) -> None:
        """Protect files from `purge` for a day from now, whether or not they are used."""
        for sha256 in digests:
            if self.has(sha256):
                os.utime(self.path(sha256))

    def purge(self, used: Collection[str]) -> None:
        """Delete files that have not been used for a day, and partial copies."""
        for path in (*self.files(), *self.folder.glob(f".*{_PARTIAL}")):
            if path.stem not in used and time.time() - path.stat().st_mtime > _KEPT_S:
                path.unlink(missing_ok=True)
