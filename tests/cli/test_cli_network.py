"""Which commands open outside connections: docs/network.md lists all commands."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from click import Command

from assistant.cli import app, main
from assistant.library import Library

_DOCUMENT = Path(__file__).parents[2] / "docs" / "network.md"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def commands(command: Command, name: str) -> Iterator[str]:
    """Yield the names of a command's subcommands, or its own if it has none."""
    subcommands: dict[str, Command] = getattr(command, "commands", {})
    if not subcommands:
        yield name
    for part, subcommand in subcommands.items():
        yield from commands(subcommand, f"{name} {part}")


def documented() -> set[str]:
    text = " ".join(_DOCUMENT.read_text("utf-8").split())
    written = re.findall(r"`(assistant(?: [a-z-]+)*)", text)
    words = [name.split() for name in written]
    return {" ".join(name[:count]) for name in words for count in range(2, len(name) + 1)}


def test_every_command_is_in_the_document() -> None:
    known = documented()
    missing = [
        name for name in commands(typer.main.get_command(app), "assistant") if name not in known
    ]
    assert not missing


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The outside addresses that are looked up or connected to; each attempt fails."""
    asked: list[object] = []

    def connect(self: socket.socket, address: Any) -> None:
        asked.append(address)
        raise OSError("no network here")

    def look_up(host: Any, *arguments: Any, **options: Any) -> list[Any]:
        if host in (None, *_LOOPBACK):
            return real_look_up(host, *arguments, **options)
        asked.append(host.decode() if isinstance(host, bytes) else host)
        raise socket.gaierror("no network here")

    real_look_up = socket.getaddrinfo
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_commands_of_the_library_open_no_connection(
    small_library: Library, outside: list[object], tmp_path: Path
) -> None:
    folder = ["--library", str(small_library.folder)]
    paper = small_library.catalogue.papers()[0].id
    for arguments in (
        ["search", "bread", *folder],
        ["papers", "list", *folder],
        ["papers", "show", paper, *folder],
        ["papers", "cite", paper, *folder],
        ["papers", "export", str(tmp_path / "papers.bib"), *folder],
        ["papers", "remove", paper, "--yes", *folder],
        ["watch", "list", *folder],
        ["users", "list", *folder],
        ["models", "list"],
        ["doctor", *folder],
    ):
        main(arguments)
    assert outside == []


def test_only_the_named_endpoint_gets_the_question(
    small_library: Library, outside: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_ENDPOINT_KEY", "unused")
    question = ["ask", "Who counts walnuts?", "--library", str(small_library.folder)]
    small = ["--model", "smollm2-135m-instruct", "--set", "max_answer_tokens=5"]
    main([*question, *small])
    assert outside == []
    main([*question, "--endpoint", "http://gpu.example:8000/v1"])
    assert set(outside) == {"gpu.example"}
