"""The page over a library that cannot be written: it answers, and keeps nothing."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from page_client import PageClient

from assistant.library import Conversations


@pytest.fixture(params=["with conversations", "without"])
def folder(
    request: pytest.FixtureRequest,
    make_library: Callable[[Path], Path],
    tmp_path: Path,
) -> Iterator[Path]:
    """A library of five papers, seen through a read-only mount."""
    folder, mounted = tmp_path / "library", tmp_path / "mounted"
    make_library(folder)
    if request.param == "with conversations":
        conversations = Conversations(folder / "conversations.sqlite")
        conversations.start("", "Saved before")
        conversations.close()
    mounted.mkdir()
    bind = ["mount", "--bind", str(folder), str(mounted)]
    if subprocess.run(bind, capture_output=True, check=False).returncode:
        pytest.skip("mounting a folder takes root")
    subprocess.run(["mount", "-o", "remount,bind,ro", str(mounted)], check=True)
    yield mounted
    subprocess.run(["umount", "--lazy", str(mounted)], check=True)


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_page_answers_and_says_what_cannot_be_changed(
    serve_chat: Callable[..., str], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = contents(folder)
    client = PageClient(serve_chat(folder, abstention_threshold=1.0))
    assert "kept until the chat ends" in caplog.text
    answered = client.send("question", "submit", ["How loud are the trams of Graz?", "", "", None])
    assert "How loud are the trams of Graz?" in answered
    assert "cannot be written" not in answered
    shown = client.send("models", "click", [], {"action": "use", "id": "smollm2-135m-instruct"})
    assert "cannot be written" not in shown
    path = client.upload("more.bib", b"@misc{m, title={More}, abstract={There is more to see.}}")
    added = client.send("drop", "upload", [[{"path": path, "meta": {"_type": "gradio.FileData"}}]])
    assert "cannot be written" in added
    assert contents(folder) == before
