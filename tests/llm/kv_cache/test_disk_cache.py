"""Readings are kept on disk under a limit; a damaged one is never used."""

import os
from pathlib import Path

from assistant.llm import KVDiskCache


def cache(folder: Path, limit_bytes: int = 10**6, reader: str = "model") -> KVDiskCache:
    return KVDiskCache(folder / "readings", limit_bytes, reader)


def test_a_reading_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    readings = cache(tmp_path)
    key = readings.key([1, 2], [3])
    assert key not in readings
    readings.store(key, b"cells")
    assert key in readings
    assert readings.load(key) == b"cells"


def test_the_key_depends_on_everything_that_the_cells_depend_on(tmp_path: Path) -> None:
    keys = {
        cache(tmp_path).key([1, 2], [3]),
        cache(tmp_path).key([1], [2, 3]),
        cache(tmp_path).key([1, 2], [4]),
        cache(tmp_path, reader="another model").key([1, 2], [3]),
    }
    assert len(keys) == 4


def test_a_damaged_reading_is_deleted_and_not_used(tmp_path: Path) -> None:
    readings = cache(tmp_path)
    readings.store("key", b"cells of a block")
    [path] = readings.folder.glob("*.cells")
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert readings.load("key") is None
    assert "key" not in readings


def test_the_readings_used_longest_ago_make_room(tmp_path: Path) -> None:
    readings = cache(tmp_path, limit_bytes=3500)
    for age, key in enumerate(["oldest", "older", "new"]):
        readings.store(key, bytes(1000))
        os.utime(readings.folder / f"{key}.cells", (age, age))
    readings.load("oldest")  # used just now
    readings.store("newest", bytes(1000))
    assert [key for key in ("oldest", "older", "new", "newest") if key in readings] == [
        "oldest",
        "new",
        "newest",
    ]


def test_a_folder_that_cannot_be_written_costs_the_reading_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "readings").write_text("a file where the folder should be")
    readings = cache(tmp_path)
    readings.store("key", b"cells")
    assert readings.load("key") is None
