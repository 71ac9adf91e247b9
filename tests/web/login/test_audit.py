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
