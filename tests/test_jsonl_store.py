"""Append-only JSON Lines files."""

import json
from pathlib import Path

import pytest
from small_disk import filled, small_disk

from assistant.errors import DiskFullError
from assistant.jsonl_store import JsonlStore

RECORDS = [{"text": "Schöne Grüße – 千"}, {"text": "two\nlines and \u2028 a separator"}, {"n": 3}]


def test_appended_records_are_read_back(tmp_path: Path) -> None:
    store = JsonlStore(tmp_path / "new" / "records.jsonl")
    store.append(RECORDS[:1])
    store.append(RECORDS[1:])
    assert [json.loads(line) for line in store.lines()] == RECORDS


def test_file_cut_at_any_byte_keeps_its_complete_lines_and_takes_more(tmp_path: Path) -> None:
    store = JsonlStore(tmp_path / "records.jsonl")
    store.append(RECORDS)
    data = store.path.read_bytes()
    for end in range(len(data)):
        store.path.write_bytes(data[:end])
        complete = data[:end].count(b"\n")
        assert [json.loads(line) for line in store.lines()] == RECORDS[:complete]
        store.append(RECORDS[complete:])
        assert store.path.read_bytes() == data


def test_prepare_creates_an_empty_file_and_keeps_complete_lines(tmp_path: Path) -> None:
    store = JsonlStore(tmp_path / "new" / "records.jsonl")
    store.prepare()
    assert store.lines() == []
    store.append(RECORDS)
    before = store.path.read_bytes()
    store.prepare()
    assert store.path.read_bytes() == before


def test_reading_a_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        JsonlStore(tmp_path / "none.jsonl").lines()


def test_appending_below_a_file_raises(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        JsonlStore(tmp_path / "file" / "records.jsonl").append(RECORDS)


def test_records_that_a_full_disk_has_cut_are_appended_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "100k") as disk:
        store = JsonlStore(disk / "records.jsonl")
        store.append(RECORDS[:1])
        with filled(disk), pytest.raises(DiskFullError, match="the disk is full"):
            store.append([{"text": "long " * 10_000}])
        store.append(RECORDS[1:])
        assert [json.loads(line) for line in store.lines()] == RECORDS
