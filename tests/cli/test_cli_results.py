"""``assistant results``: the reported numbers, found by words, and written to files."""

import csv
import json
from pathlib import Path

from command_line import Run


def test_numbers_are_found_by_words_and_filters(run: Run, library_folder: Path) -> None:
    found = run("results", "accur", "birds")
    assert found.code == 0, found.err
    paper = "Teaching Parrots to Count (arxiv:1901.00001)"
    quote = '"Half of the birds reach an accuracy of 93 percent on the WalnutBench test."'
    assert found.out.splitlines() == [
        f"Half share of birds: {paper}",
        f"   {quote}",
        f"93 percent accuracy on WalnutBench test: {paper}",
        f"   {quote}",
    ]
    found = run("results", "--filter", "year>=2021", "--order", "value", "--json")
    values = [(one["value"], one["measures"]) for one in found.data]
    assert values[:2] == [("200", "loaves"), ("14", "glaciers")]
    assert {one["year"] for one in found.data} == {2021, 2023}


def test_numbers_are_written_to_files(run: Run, library_folder: Path, tmp_path: Path) -> None:
    table, records, page = (tmp_path / f"results.{end}" for end in ("csv", "json", "md"))
    assert run("results", "--out", table).err.strip().endswith(f"numbers written to {table}")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert run("results", "--out", records).code == 0
    assert [one["quote"] for one in json.loads(records.read_text())] == [
        row["quote"] for row in rows
    ]
    assert run("results", "decibels", "--out", page).code == 0
    assert "| 9 decibels | quieter |" in page.read_text(encoding="utf-8")


def test_errors_say_what_to_do_next(run: Run, library_folder: Path, tmp_path: Path) -> None:
    existing = tmp_path / "mine.csv"
    existing.write_text("mine")
    for arguments, advice in [
        (("unicorns",), "Try fewer or other words."),
        (("the",), "Name what is measured."),
        (("--filter", "year=1850"), "Try other conditions"),
        (("--out", tmp_path / "results.docx"), "extension .csv, .json or .md"),
        (("--out", existing), "--force"),
        (("--library", tmp_path / "nowhere"), "assistant add FILE"),
    ]:
        outcome = run("results", *arguments)
        assert outcome.code == 2
        assert advice in outcome.err
    assert existing.read_text() == "mine"
