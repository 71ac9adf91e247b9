"""The disk of the library fills up under the page: it says so, and nothing is lost."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from page_client import PageClient
from small_disk import filled, small_disk

from assistant.library.conversations import FILE_NAME
from assistant.papers import Paper

BEES = "".join(
    f"@article{{bees{n}, title={{Bees of Hill {n}}}, abstract={{Bees of hill {n} dance {n} times "
    "as long as the bees of the valley do, and tell the others of flowers.}}\n"
    for n in range(40)
)


@pytest.fixture
def folder(make_library: Callable[[Path], Path], tmp_path: Path) -> Iterator[Path]:
    """The library of five papers on a disk of its own."""
    made = make_library(tmp_path / "library")
    with small_disk(tmp_path / "disk", "40m") as disk:
        yield Path(shutil.copytree(made, disk / "library"))


@pytest.fixture
def client(serve_chat: Callable[..., str], folder: Path) -> PageClient:
    return PageClient(serve_chat(folder, abstention_threshold=1.0))


def ask(client: PageClient, question: str) -> str:
    """Ask in a new conversation; return the updates of the page."""
    return client.send("question", "submit", [question, "", "", None])


def add_bees(client: PageClient) -> str:
    path = client.upload("bees.bib", BEES.encode())
    return client.send("drop", "upload", [[{"path": path, "meta": {"_type": "gradio.FileData"}}]])


def asked(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {str(title) for (title,) in file.execute("SELECT title FROM conversations")}


def titles(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as catalogue:
        assert catalogue.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {str(title) for (title,) in catalogue.execute("SELECT title FROM papers")}


def test_conversation_that_cannot_be_saved_is_said_to_be_so(
    client: PageClient, folder: Path
) -> None:
    ask(client, "hello")
    with filled(folder.parent):
        # Room that SQLite has already reserved may hold a few more.
        shown = [ask(client, f"hello {'again ' * 300}{number}") for number in range(5)]
        assert "cannot be written (database or disk is full). Free some space" in shown[-1]
    assert "hello" in asked(folder)
    ask(client, "thanks")
    assert {"hello", "thanks"} <= asked(folder)


def test_papers_that_cannot_be_added_are_said_to_be_so(
    client: PageClient, folder: Path, made_up_papers: list[Paper]
) -> None:
    before = {paper.title for paper in made_up_papers}
    with filled(folder.parent):
        shown = add_bees(client)
        assert "cannot be written" in shown
        assert "Free some space" in shown
    assert before <= titles(folder)
    assert "added" in add_bees(client)
    assert titles(folder) == before | {f"Bees of Hill {n}" for n in range(40)}
    assert client.http.get("/").status_code == 200
