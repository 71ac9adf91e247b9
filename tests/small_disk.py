"""A small file system in memory, which a test can fill."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Mount a file system of a size, such as ``700k``, for the duration of the block."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"mounting a small file system takes root: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Fill a disk to the last byte for the duration of the block."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for block in (bytes(1_000_000), bytes(4096), bytes(1)):
            with suppress(OSError):
                while True:
                    file.write(block)
    yield
    filler.unlink()
