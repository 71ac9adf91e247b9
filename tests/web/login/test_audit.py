"""The audit log."""

import stat
from pathlib import Path

from assistant.web.login.audit import AuditLog


def test_entries_are_appended_to_a_private_file(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    assert list(log.entries()) == []
    log.write("ada", "add papers", papers=["bees"])
    with (tmp_path / "audit.jsonl").open("a") as file:
        file.write("damaged\n")
    log.write("bö", "remove papers", papers=[])

    first, second = log.entries()
    assert (first["account"], first["action"], first["papers"]) == ("ada", "add papers", ["bees"])
    assert second["account"] == "bö"
    assert stat.S_IMODE((tmp_path / "audit.jsonl").stat().st_mode) == 0o600


def test_entry_that_a_full_disk_has_cut_spoils_no_later_one(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    log = AuditLog(file)
    log.write("ada", "add papers", papers=["bees"])
    file.write_bytes(file.read_bytes()[:-5])
    log.write("bo", "remove papers", papers=[])
    log.write("cy", "ask", count=1)
    assert [entry["account"] for entry in log.entries()] == ["bo", "cy"]
