"""Tags, collections, notes and reading marks in exported files."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.papers import Paper, read_files
from assistant.papers.annotation import Annotation
from assistant.papers.writers import FOLDER_WRITERS, FORMAT_OF_SUFFIX, WRITERS

BEES = Paper(
    title="Dancing Bees in Tunnels",
    abstract="Bees dance longer in tunnels.",
    authors=("Hanna Hive",),
    year=2024,
    keywords=("bees",),
    citation_key="hive2024",
)
NOTED = Annotation(("to cite", "insects"), ("Chapter 2",), "Ask Ada.\n# Read *again*.", True)
ANNOTATED = {BEES.id: NOTED}

# Reference managers have keywords and no tags.
AS_KEYWORDS = ("bibtex", "biblatex", "ris", "endnote")


def _write(format_name: str, folder: Path) -> Path:
    suffix = next((s for s, name in FORMAT_OF_SUFFIX.items() if name == format_name), ".bib")
    file = folder / f"exported{suffix}"
    if format_name in FOLDER_WRITERS:
        [(_, text)] = FOLDER_WRITERS[format_name].write([BEES], ANNOTATED)
        file = folder / "note.md"
    else:
        text = "".join(WRITERS[format_name].write([BEES], ANNOTATED))
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize("format_name", [*WRITERS, *FOLDER_WRITERS])
def test_every_format_has_the_tags_and_the_note(format_name: str, tmp_path: Path) -> None:
    text = _write(format_name, tmp_path).read_text(encoding="utf-8")
    assert "insects" in text
    assert "Ask Ada." in text


@pytest.mark.parametrize("format_name", [*WRITERS, *FOLDER_WRITERS])
def test_annotated_papers_are_read_back(format_name: str, tmp_path: Path) -> None:
    [paper] = read_files(_write(format_name, tmp_path))
    expected = replace(BEES, keywords=("bees", *NOTED.tags)) if format_name in AS_KEYWORDS else BEES
    assert isinstance(paper, Paper)
    assert replace(paper, source="") == expected


def test_collections_are_groups_of_jabref(tmp_path: Path) -> None:
    entry = _write("bibtex", tmp_path).read_text(encoding="utf-8")
    assert "groups = {Chapter 2}," in entry
    assert "readstatus = {read}," in entry


def test_tables_and_json_lines_have_fields_of_their_own(tmp_path: Path) -> None:
    [row] = csv.DictReader(io.StringIO(_write("csv", tmp_path).read_text(encoding="utf-8")))
    assert (row["tags"], row["collections"], row["read"]) == (
        "to cite; insects",
        "Chapter 2",
        "yes",
    )
    line = json.loads(_write("jsonl", tmp_path).read_text(encoding="utf-8"))
    assert (line["tags"], line["note"]) == (["to cite", "insects"], NOTED.note)
    assert line["keywords"] == ["bees"]


def test_papers_without_annotations_are_written_as_before() -> None:
    for writer in WRITERS.values():
        assert list(writer.write([BEES], {"another": NOTED})) != []
    assert "tags" not in "".join(WRITERS["csv"].write([BEES]))


def test_note_takes_the_place_of_an_extra_field_of_that_name() -> None:
    bees = replace(BEES, extra=(("annote", "By others."),))
    assert "annote = {By others.}" in "".join(WRITERS["bibtex"].write([bees]))
    entry = "".join(WRITERS["bibtex"].write([bees], {bees.id: replace(NOTED, note="Ask Ada.")}))
    assert "annote = {Ask Ada.},\n  annotesource = {paper-assistant}," in entry
    assert "By others." not in entry
