"""A file on its way: a ``.partial`` beside its place, hashed as it grows, moved when right."""

import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.models.registry import ModelFile

_BLOCK = 1 << 20


class SourceError(Exception):
    """A source that cannot give a file; the message is the reason, to be shown beside its name."""


class DamagedError(SourceError):
    """A source gave bytes that are not those of the file."""


def partial_path(folder: Path, file: ModelFile) -> Path:
    """Return where the first bytes of a file wait for the rest."""
    target = folder / file.path
    return target.with_name(target.name + ".partial")


class Partial:
    """The first bytes of a file, and their SHA-256.

    Whichever source they came from, they are a prefix of the one file that the hash names, so any
    source can go on where another stopped.
    """

    def __init__(self, folder: Path, file: ModelFile) -> None:
        """Open what is there of the file, or start it."""
        self.file = file
        self.path = partial_path(folder, file)
        self._target = folder / file.path
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # "a+b" neither cuts what is there nor writes anywhere but at the end.
        self._stream = self.path.open("a+b", buffering=0)
        self._digest = hashlib.sha256()
        self.size = 0
        self._stream.seek(0)
        while block := self._stream.read(_BLOCK):
            self._count(block)

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
            DamagedError: the file would become longer than it is; what there is is deleted.
            OSError: the disk is full, or cannot be written.
        """
        if self.size + len(block) > self.file.bytes:
            self.discard()
            raise DamagedError(f"{self.file.path} is longer there than {self.file.bytes:,} bytes")
        view = memoryview(block)
        while view:  # an unbuffered write may take only a part
            view = view[self._stream.write(view) :]
        self._count(block)

    def cut(self, size: int) -> None:
        """Keep only the first bytes."""
        if size >= self.size:
            return
        self._stream.truncate(size)
        self._digest, self.size = hashlib.sha256(), 0
        self._stream.seek(0)
        while block := self._stream.read(_BLOCK):
            self._count(block)

    def discard(self) -> None:
        """Delete it."""
        self._stream.close()
        self.path.unlink(missing_ok=True)

    def finish(self) -> None:
        """Move the whole file to its place, at once or not at all.

        Raises:
            SourceError: bytes are missing; what there is is kept.
            DamagedError: its SHA-256 is not the file's; what there is is deleted.
        """
        if self.size < self.file.bytes:
            raise SourceError(
                f"{self.file.path} ended after {self.size:,} of {self.file.bytes:,} bytes"
            )
        found = self._digest.hexdigest()
        if self.file.sha256 is not None and found != self.file.sha256:
            self.discard()
            raise DamagedError(
                f"{self.file.path} has the SHA-256 {found[:12]}…, not {self.file.sha256[:12]}…; "
                "it was deleted"
            )
        os.fsync(self._stream.fileno())
        self._stream.close()
        self.path.replace(self._target)

    def _count(self, block: bytes) -> None:
        self._digest.update(block)
        self.size += len(block)
