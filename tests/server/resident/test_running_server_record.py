"""The record of a running server in the library folder."""

from contextlib import ExitStack
from pathlib import Path

from assistant.server.resident.record import new_server, recorded, running_server


def test_running_server_is_found_until_it_ends(tmp_path: Path) -> None:
    server = new_server("http://127.0.0.1:8000")
    with recorded(tmp_path, server):
        assert running_server(tmp_path) == server
        [file] = tmp_path.iterdir()
        assert file.stat().st_mode & 0o077 == 0
    assert running_server(tmp_path) is None


def test_record_of_a_later_server_stays(tmp_path: Path) -> None:
    later = new_server("http://127.0.0.1:8001")
    with ExitStack() as stack:
        with recorded(tmp_path, new_server("http://127.0.0.1:8000")):
            stack.enter_context(recorded(tmp_path, later))
        assert running_server(tmp_path) == later


def test_damaged_record_is_no_server(tmp_path: Path) -> None:
    (tmp_path / "running-server.json").write_text("{")
    assert running_server(tmp_path) is None
