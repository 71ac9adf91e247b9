"""The reading cache on disk: what the model took from an abstract, so that it is read only once."""

import contextlib
import hashlib
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

_CHECKSUM_BYTES = 4


@dataclass(frozen=True, slots=True)
class KVDiskCache:
    """Saved key-value cells of blocks, one file a block, under a size limit.

    Attributes:
        folder: where the files lie.
        limit_bytes: above it the files used longest ago are deleted.
        reader: everything but the tokens that the cells depend on: the model's hash, the llama.cpp
            version.
    """

    folder: Path
    limit_bytes: int
    reader: str

    def key(self, before: Sequence[int], block: Sequence[int]) -> str:
        """Return the name of the reading of a block.

        Args:
            before: the tokens that stand before the block in every prompt.
            block: the block's own tokens.
        """
        return hashlib.sha256(f"{self.reader}|{[*before]}|{[*block]}".encode()).hexdigest()[:32]

    def of_kind(self, kind: str) -> "KVDiskCache":
        """Return the same cache for cells of one type; readings of different types are apart."""
        return replace(self, reader=f"{self.reader}|{kind}")

    def __contains__(self, key: str) -> bool:
        return self._path(key).exists()

    def load(self, key: str) -> bytes | None:
        """Return the cells of a reading; None if there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        cells = data[_CHECKSUM_BYTES:]
        if data[:_CHECKSUM_BYTES] != _checksum(cells):
            self.discard(key)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # used now: last to be deleted
        return cells

    def store(self, key: str, cells: bytes) -> None:
        """Keep a reading. A disk that is full or not writable costs the reading, nothing else."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, suffix=".partial", delete=False) as file:
                partial = Path(file.name)
                try:
                    file.write(_checksum(cells) + cells)
                    file.close()
                    partial.replace(self._path(key))
                finally:
                    partial.unlink(missing_ok=True)
            self._make_room()

    def discard(self, key: str) -> None:
        """Delete a reading: it is of no use."""
        self._path(key).unlink(missing_ok=True)

    def _make_room(self) -> None:
        files = sorted(self.folder.glob("*.cells"), key=lambda path: path.stat().st_mtime)
        total = sum(path.stat().st_size for path in files)
        for path in files:
            if total <= self.limit_bytes:
                break
            total -= path.stat().st_size
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.cells"


def _checksum(cells: bytes) -> bytes:
    return zlib.crc32(cells).to_bytes(_CHECKSUM_BYTES, "big")
