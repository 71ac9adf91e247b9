"""Starting and stopping the chat."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from assistant import Settings
from assistant.chat import launch
from assistant.cli import main
from assistant.errors import InputError
from assistant.library import Conversations
from assistant.library.conversations import FILE_NAME


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_port_in_use_is_an_error_before_the_library_is_created(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(
            InputError, match=rf"Port {port} is in use .* choose another with --port"
        ):
            launch(tmp_path / "library", Settings(), port=port)

    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    ("host", "port", "option"),
    [
        ("192.0.2.1", 7860, "--host"),
        ("no.such.host.invalid", 7860, "--host"),
        ("127.0.0.1", 70_000, "--port"),
    ],
)
def test_unusable_address_is_an_error(tmp_path: Path, host: str, port: int, option: str) -> None:
    with pytest.raises(InputError, match=option):
        launch(tmp_path / "library", Settings(), host=host, port=port)


@pytest.mark.parametrize("login", ["ada", "ada:", ":secret", "", "a/b:secret"])
def test_login_without_name_or_password_is_an_error(tmp_path: Path, login: str) -> None:
    with pytest.raises(InputError, match="such as ada:frost:member"):
        launch(tmp_path / "library", Settings(), logins=[login])
    assert not (tmp_path / "library").exists()


def test_saved_model_must_be_present_unless_another_is_given(
    tmp_path: Path,
    free_port: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "no models"))
    conversations = Conversations(tmp_path / FILE_NAME)
    conversations.save_settings({"model": "smollm2-135m-instruct"})
    conversations.close()
    chat = ["chat", "--library", str(tmp_path), "--port", str(free_port())]

    assert main(chat) == 2
    assert "smollm2-135m-instruct" in capsys.readouterr().err
    for option in (["--model", Settings().model], ["--set", f"model={Settings().model}"]):
        assert main([*chat, *option]) == 2
        assert Settings().model in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "signal_number"), [("127.0.0.1", signal.SIGTERM), ("::1", signal.SIGINT)]
)
def test_chat_prints_its_address_and_stops_on_a_signal(
    sample_library_folder: Path,
    tmp_path: Path,
    free_port: Callable[[], int],
    host: str,
    signal_number: signal.Signals,
) -> None:
    if ":" in host and not _has_ipv6():
        pytest.skip("this machine has no IPv6")
    address = f"http://{f'[{host}]' if ':' in host else host}"
    shutil.copytree(sample_library_folder, tmp_path / "library")
    port = free_port()
    options = ["--library", "library", "--model", "smollm2-135m-instruct", "--host", host]
    login = ["--auth", "ada:hidden-secret:reader"]
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "chat", *options, "--port", str(port), *login],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        text=True,
    ) as chat:
        try:
            assert chat.stdout is not None
            line = next(line for line in chat.stdout if "chat is at" in line)
            assert f"{address}:{port} " in line
            with urlopen(f"{address}:{port}/") as page:
                assert b"Sign in" in page.read()
            arguments = Path(f"/proc/{chat.pid}/cmdline")
            if arguments.exists():  # what ps shows
                assert b"hidden-secret" not in arguments.read_bytes()
                assert b"--auth\0ada:xxx" in arguments.read_bytes()

            chat.send_signal(signal_number)
            rest = chat.communicate(timeout=60)[0]
        finally:
            chat.kill()
    assert chat.returncode == 0
    assert "stopped" in rest
