"""The whole check of a library finds each kind of damage, and says what mends it."""

import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "papers"))

from stones_pdf import stones_pdf
from word_embedder import WordEmbedder

from assistant.library import Conversations, Library
from assistant.library.inspect_library import inspect_library
from assistant.papers import Paper, read_files


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with closing(Library(folder, WordEmbedder())) as library:
        library.add(
            Paper(title=f"Report {n}", abstract=f"We weigh {n} stones. They are heavy.")
            for n in range(5)
        )
        file = tmp_path_factory.mktemp("files") / "stones.pdf"
        file.write_bytes(stones_pdf())
        library.add(read_files(file))
    with closing(Conversations(folder / "conversations.sqlite")) as conversations:
        conversations.start("", "What do stones weigh?")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


def problems(folder: Path) -> dict[str, str]:
    return {one.name: one.detail for one in inspect_library(folder) if not one.ok}


def test_intact_library_has_no_problems_and_is_not_changed(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.sqlite*")}
    assert problems(folder) == {}
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.sqlite*")} == before


def test_number_and_size_of_the_pdfs_are_shown(folder: Path) -> None:
    [pdfs] = [one for one in inspect_library(folder) if one.name == "PDFs"]
    assert pdfs.detail == "1, all there; 0.0 MB"


def only_pdf(folder: Path) -> Path:
    [path] = (folder / "pdfs").iterdir()
    return path


def run_sql(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as db, db:
        db.execute(sql)


@pytest.mark.parametrize(
    ("damage", "name", "mended_by"),
    [
        (lambda f: run_sql(f, "UPDATE papers SET year = 1066"), "catalogue", "assistant restore"),
        (lambda f: (f / "catalogue.sqlite").unlink(), "catalogue", "assistant restore"),
        (
            lambda f: run_sql(f, "INSERT INTO words (words) VALUES ('delete-all')"),
            "word index",
            "reindex",
        ),
        (lambda f: shutil.rmtree(f / "vectors"), "vectors", "reindex"),
        (lambda f: run_sql(f, "DELETE FROM sentence_vectors"), "vectors", "reindex"),
        (
            lambda f: run_sql(f, "UPDATE sentence_vectors SET vector = zeroblob(128)"),
            "vectors",
            "reindex",
        ),
        (lambda f: only_pdf(f).unlink(), "PDFs", "Add the PDFs again"),
        (lambda f: only_pdf(f).write_bytes(b"%PDF"), "PDFs", "Add the PDFs again"),
        (lambda f: (f / "conversations.sqlite").unlink(), "conversations", "assistant restore"),
        (
            lambda f: (f / "conversations.sqlite").write_bytes(b"x" * 9000),
            "conversations",
            "assistant restore",
        ),
    ],
)
def test_damage_is_found(
    damage: Callable[[Path], object], name: str, mended_by: str, folder: Path
) -> None:
    damage(folder)
    found = problems(folder)
    assert list(found) == [name]
    assert mended_by in found[name]
