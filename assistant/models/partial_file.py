"""Partial downloads: ``.partial`` files, hashed as they grow and renamed once verified."""

import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.models.registry import ModelFile

_BLOCK = 1 << 20


class SourceError(Exception):
    """A source cannot provide a file; the message is the reason, shown after the source's name."""


class DamagedError(SourceError):
    """A source sent content that does not match the file's hash or size."""


def partial_path(folder: Path, file: ModelFile) -> Path:
    """Return the path of the partial download of a file."""
    target = folder / file.path
    return target.with_name(target.name + ".partial")


class PartialFile:
    """The first bytes of a file, and their SHA-256.

    The file is identified by its hash, so any source can resume a download from another source.

    Attributes:
        file: the file.
        path: the path of the partial download.
        size: number of bytes so far.
    """

    def __init__(self, folder: Path, file: ModelFile) -> None:
        """Open the partial download of a file, or start one."""
        self.file = file
        self.path = partial_path(folder, file)
        self._target = folder / file.path
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # "a+b" keeps the content and only writes at the end.
        self._stream = self.path.open("a+b", buffering=0)
        self._digest = hashlib.sha256()
        self.size = 0
        self._stream.seek(0)
        while block := self._stream.read(_BLOCK):
            self._add(block)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def append(self, block: bytes) -> None:
        """Write the next bytes.

        Raises:
            DamagedError: the file is longer than expected; the partial download is deleted.
            OSError: the disk is full or not writable.
        """
        if self.size + len(block) > self.file.bytes:
            self.discard()
            raise DamagedError(f"{self.file.path} is longer there than {self.file.bytes:,} bytes")
        view = memoryview(block)
        while view:  # an unbuffered write may write only some of the bytes
            view = view[self._stream.write(view) :]
        self._add(block)

    def truncate(self, size: int) -> None:
        """Keep only the first ``size`` bytes."""
        if size >= self.size:
            return
        self._stream.truncate(size)
        self._digest, self.size = hashlib.sha256(), 0
        self._stream.seek(0)
        while block := self._stream.read(_BLOCK):
            self._add(block)

    def discard(self) -> None:
        """Delete the partial download."""
        self._stream.close()
        self.path.unlink(missing_ok=True)

    def finish(self) -> None:
        """Verify the file and rename it to its final path.

        Raises:
            SourceError: bytes are missing; the partial download is kept.
            DamagedError: the SHA-256 does not match; the partial download is deleted.
        """
        if self.size < self.file.bytes:
            raise SourceError(
                f"{self.file.path} ended after {self.size:,} of {self.file.bytes:,} bytes"
            )
        sha256 = self._digest.hexdigest()
        if self.file.sha256 is not None and sha256 != self.file.sha256:
            self.discard()
            raise DamagedError(
                f"{self.file.path} has the SHA-256 {sha256[:12]}…, not {self.file.sha256[:12]}…; "
                "it was deleted"
            )
        os.fsync(self._stream.fileno())
        self._stream.close()
        self.path.replace(self._target)

    def _add(self, block: bytes) -> None:
        self._digest.update(block)
        self.size += len(block)
