"""``assistant papers export``: outputs, formats and filters."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Run
from own_csl_style import NUMBERED

from assistant.library import Catalogue


def test_export_writes_all_papers_to_standard_output(run: Run, library_folder: Path) -> None:
    lines = run("papers", "export", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["paper_id"] for line in lines][1] == "arxiv:1901.00001"
    assert len(lines) == 5


def test_export_filters_papers(run: Run, library_folder: Path) -> None:
    exported = run(
        "papers", "export", "--format", "jsonl", "--filter", "year>=2019", "--filter", "melting ice"
    )
    assert exported.out == ""
    exported = run(
        "papers", "export", "--format", "jsonl", "--filter", "year>=2019", "--filter", "melts"
    )
    assert json.loads(exported.out)["title"] == "Glacier Melt Seen from Balloons"


def test_export_writes_the_tags_of_an_account(run: Run, library_folder: Path) -> None:
    with closing(Catalogue(library_folder / "catalogue.sqlite")) as catalogue:
        catalogue.annotations.label("", "tag", "to cite", ["arxiv:1901.00001"])
        catalogue.annotations.label("ada", "tag", "counting", ["arxiv:1901.00001"])
    command = ("papers", "export", "--format", "jsonl", "--filter", "title=parrots")
    assert json.loads(run(*command).out)["tags"] == ["to cite"]
    assert json.loads(run(*command, "--account", "ada").out)["tags"] == ["counting"]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("papers.bib", "@misc{frost2021glacier,"),
        ("papers.RIS", "TY  - GEN"),
        ("papers.csv", "\ufefftitle,authors,"),
        ("papers.json", "[\n{"),
        ("papers.jsonl", '{"paper_id": '),
        ("papers.md", "## Glacier Melt"),
        ("papers.xml", '<?xml version="1.0"'),
    ],
)
def test_export_format_follows_the_file_extension(
    run: Run, library_folder: Path, tmp_path: Path, name: str, start: str
) -> None:
    exported = run("papers", "export", "--out", tmp_path / name)
    assert exported.err == f"5 papers written to {tmp_path / name}\n"
    assert (tmp_path / name).read_text().startswith(start)


def test_export_overwrites_only_with_force(run: Run, library_folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.bib"
    mine.write_text("years of work")
    assert run("papers", "export", "--out", mine).code == 2
    assert mine.read_text() == "years of work"
    assert run("papers", "export", "--out", mine, "--force").code == 0
    assert mine.read_text().startswith("@misc")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "--format bibtex|biblatex|ris|csl|endnote"),
        (["--out", "papers.doc"], "--format bibtex|biblatex|ris|csl|endnote"),
        (["--format", "csv", "--filter", "yaer>=2023"], "year>=2023"),
        (["--format", "csv", "--out", "no/such/folder.csv"], "Name a file in another folder"),
    ],
)
def test_export_rejects_wrong_input_with_a_hint(
    run: Run, library_folder: Path, arguments: list[str], expected: str
) -> None:
    exported = run("papers", "export", *arguments)
    assert exported.code == 2
    assert expected in exported.err


def test_export_without_a_library_writes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("papers", "export", "--out", tmp_path / "papers.bib").code == 2
    assert not (tmp_path / "papers.bib").exists()


def test_notes_are_written_to_a_folder_and_overwritten_only_with_force(
    run: Run, library_folder: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    assert run("papers", "export", "--format", "obsidian").code == 2
    assert run("papers", "export", "--format", "obsidian", "--out", notes).code == 0
    assert len(list(notes.glob("*.md"))) == 5
    (notes / "frost2021glacier.md").write_text("edited")
    refused = run("papers", "export", "--format", "obsidian", "--out", notes)
    assert (refused.code, "frost2021glacier.md already exists" in refused.err) == (2, True)
    assert (notes / "frost2021glacier.md").read_text() == "edited"


def test_references_are_written_in_a_style(run: Run, library_folder: Path) -> None:
    listed = run("papers", "export", "--format", "ieee").out.splitlines()
    assert len(listed) == 5
    assert listed[0].startswith("[1] ")


def test_references_are_written_in_a_csl_style(
    run: Run, library_folder: Path, tmp_path: Path
) -> None:
    style, out = tmp_path / "numbers.csl", tmp_path / "references.txt"
    style.write_text(NUMBERED)
    assert run("papers", "export", "--style", style, "--out", out).code == 0
    listed = out.read_text().split("\n\n")
    assert listed[0] == "[1] “A Survey of Lighthouse Keepers”."
    assert len(list(filter(None, listed))) == 5
    refused = run("papers", "export", "--style", style, "--format", "csv")
    assert (refused.code, "not both" in refused.err) == (2, True)
