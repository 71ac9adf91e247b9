"""The reading cache: KV cells of abstracts on disk, so that each is prefilled only once."""

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
class ReadingCache:
    """The reading cache: KV cells of blocks, one file per block, under a size limit.

    Attributes:
        folder: the folder of the files.
        limit_bytes: maximum size; beyond it, the least recently used files are deleted.
        fingerprint: what the cells depend on besides the tokens: the model's hash and the llama.cpp
            version.
    """

    folder: Path
    limit_bytes: int
    fingerprint: str

    def key(self, prefix: Sequence[int], block: Sequence[int]) -> str:
        """Return the key of a block's cells.

        Args:
            prefix: the tokens before the block.
            block: the block's own tokens.
        """
        text = f"{self.fingerprint}|{[*prefix]}|{[*block]}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def for_kv_type(self, kv_type: str) -> "ReadingCache":
        """Return the same cache, with separate keys for the cells of a KV cache type."""
        return replace(self, fingerprint=f"{self.fingerprint}|{kv_type}")

    def __contains__(self, key: str) -> bool:
        return self._path(key).exists()

    def load(self, key: str) -> bytes | None:
        """Return the cells of an entry; None if there is none or it is damaged."""
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
            os.utime(path)  # the modification time orders the files by last use
        return cells

    def store(self, key: str, cells: bytes) -> None:
        """Store an entry. If the disk is full or not writable, do nothing."""
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
            self._evict()

    def discard(self, key: str) -> None:
        """Delete an entry."""
        self._path(key).unlink(missing_ok=True)

    def _evict(self) -> None:
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
