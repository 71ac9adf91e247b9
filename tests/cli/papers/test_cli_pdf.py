"""The PDFs of papers on the command line."""

import sys
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Run

sys.path.insert(0, str(Path(__file__).parents[2] / "papers"))

from stones_pdf import TITLE, stones_pdf

from assistant.library import Conversations
from assistant.library.conversations import FILE_NAME


@pytest.fixture
def stones(tmp_path: Path) -> Path:
    path = tmp_path / "stones.pdf"
    path.write_bytes(stones_pdf(cover=True))
    return path


def test_added_pdf_is_shown_and_its_path_is_printed(run: Run, stones: Path, tmp_path: Path) -> None:
    assert run("add", stones).out == "1 added\n"
    assert "PDF of 1.9 kB, its abstract on page 2" in run("papers", "show", TITLE).out
    assert run("papers", "show", TITLE, "--json").data["pdf"]["abstract_page"] == 2
    path = Path(run("papers", "pdf", "stones of").out.strip())
    assert path.parent == tmp_path / "library" / "pdfs"
    assert path.read_bytes() == stones.read_bytes()
    backup = run("backup", tmp_path / "backup.zip").out
    assert backup.startswith("1 papers (1 with their PDF) and 0 conversations")
    run("papers", "remove", run("papers", "list", "--json").data[0]["paper_id"])
    assert not path.exists()


def test_pdf_is_not_kept_if_the_page_says_so(run: Run, stones: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    with closing(Conversations(folder / FILE_NAME)) as conversations:
        conversations.save_settings({"keep_pdfs": "False"})
    run("add", stones)
    assert not (folder / "pdfs").exists()
    run("add", stones, "--set", "keep_pdfs=true")
    assert len(list((folder / "pdfs").iterdir())) == 1


def test_pdf_is_not_kept_if_the_setting_says_so(run: Run, stones: Path) -> None:
    run("add", stones, "--set", "keep_pdfs=false")
    assert "PDF of" not in run("papers", "show", TITLE).out
    missing = run("papers", "pdf", TITLE)
    assert missing.code == 2
    assert "The library has no PDF of" in missing.err
    wrong = run("add", stones, "--set", "keep_pdfs=perhaps")
    assert "keep_pdfs takes a value like True (bool), not 'perhaps'" in wrong.err
