"""``assistant serve`` and ``assistant keys``."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from assistant.cli import main
from assistant.library import Library
from assistant.server.resident.record import running_server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_server_is_found_while_it_runs_and_stops_on_ctrl_c(small_library: Library) -> None:
    port = str(_free_port())
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "assistant", "serve", "--no-page", "--port", port]
    command += ["--library", str(small_library.folder), "--model", "smollm2-135m-instruct"]
    with subprocess.Popen(
        command, env={**os.environ, "COLUMNS": "200"}, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        assert server.stdout.readline() == f"Serving at {url} (Ctrl-C to stop).\n"
        found = running_server(small_library.folder)
        assert found is not None
        assert found.url == url
        assert httpx.get(f"{url}/health").json() == {"status": "ok"}
        assert httpx.get(f"{url}/").status_code == 404
        server.send_signal(signal.SIGINT)
        assert server.stdout.read().endswith("\nServer stopped.\n")
    assert server.returncode == 0
    assert running_server(small_library.folder) is None


def test_server_ends_without_waiting_for_what_python_unloads(small_library: Library) -> None:
    port = str(_free_port())
    slow_end = "import atexit, sys, time; atexit.register(time.sleep, 600)"
    code = f"{slow_end}; from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    arguments = ["--port", port, "--library", str(small_library.folder)]
    arguments += ["--model", "smollm2-135m-instruct"]
    for command in (["serve", "--no-page"], ["mcp", "--transport", "http"]):
        with subprocess.Popen(
            [sys.executable, "-c", code, *command, *arguments], stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                assert server.stdout
                assert server.stdout.readline().startswith("Serving at")
                server.send_signal(signal.SIGTERM)
                assert server.wait(60) == 0
            finally:
                server.kill()


def test_server_for_other_machines_needs_a_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "library"
    assert main(["serve", "--host", "0.0.0.0", "--library", str(folder)]) == 2
    assert "assistant keys add NAME" in capsys.readouterr().err
    assert not folder.exists()


def test_keys_are_made_listed_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = ["--library", str(tmp_path)]
    assert main(["keys", "add", "webui", *library]) == 0
    assert capsys.readouterr().out.startswith("pa-")
    assert main(["keys", "list", *library]) == 0
    assert capsys.readouterr().out.startswith("webui  20")
    assert main(["keys", "remove", "webui", *library]) == 0
    assert main(["keys", "remove", "webui", *library]) == 2
    assert "No key is called 'webui'" in capsys.readouterr().err
