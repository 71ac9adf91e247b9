"""The reading cache: keys, damage and the size limit."""

import os
from pathlib import Path

from assistant.llm import ReadingCache


def make_cache(folder: Path, limit_bytes: int = 10**6, fingerprint: str = "model") -> ReadingCache:
    return ReadingCache(folder / "cache", limit_bytes, fingerprint)


def test_stored_entry_is_loaded(tmp_path: Path) -> None:
    cache = make_cache(tmp_path)
    key = cache.key([1, 2], [3])
    assert key not in cache
    cache.store(key, b"cells")
    assert key in cache
    assert cache.load(key) == b"cells"


def test_key_depends_on_the_fingerprint_the_prefix_and_the_block(tmp_path: Path) -> None:
    keys = {
        make_cache(tmp_path).key([1, 2], [3]),
        make_cache(tmp_path).key([1], [2, 3]),
        make_cache(tmp_path).key([1, 2], [4]),
        make_cache(tmp_path, fingerprint="another model").key([1, 2], [3]),
    }
    assert len(keys) == 4


def test_damaged_entry_is_deleted(tmp_path: Path) -> None:
    cache = make_cache(tmp_path)
    cache.store("key", b"cells of a block")
    [path] = cache.folder.glob("*.cells")
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert cache.load("key") is None
    assert "key" not in cache


def test_least_recently_used_entries_are_evicted(tmp_path: Path) -> None:
    cache = make_cache(tmp_path, limit_bytes=3500)
    for age, key in enumerate(["oldest", "older", "new"]):
        cache.store(key, bytes(1000))
        os.utime(cache.folder / f"{key}.cells", (age, age))
    cache.load("oldest")  # now the most recently used
    cache.store("newest", bytes(1000))
    assert [key for key in ("oldest", "older", "new", "newest") if key in cache] == [
        "oldest",
        "new",
        "newest",
    ]


def test_unwritable_folder_stores_nothing_and_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = make_cache(tmp_path)
    cache.store("key", b"cells")
    assert cache.load("key") is None
