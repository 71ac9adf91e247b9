"""``assistant table``: its output, and reuse of rows."""

from pathlib import Path

from command_line import Run

WRITES = ("--model", "smollm2-135m-instruct")


def test_table_is_written_and_its_rows_are_reused(
    run: Run, library_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "parrots.csv"
    some = ("--filter", "year>=2021", *WRITES)
    first = run("table", "method, task", *some, "--out", out)
    assert first.code == 0, first.err
    assert first.err.strip().endswith(f"2 rows written to {out}")
    header, *rows = out.read_text().splitlines()
    assert header == "title,year,url,method,task,method: quote,task: quote"
    assert len(rows) == 2
    (kept,) = (library_folder / "tables").iterdir()
    before = kept.read_bytes()
    assert run("table", "method, task", *some).out.startswith("| paper | method | task |\n")
    assert kept.read_bytes() == before


def test_table_rejects_existing_files_unknown_extensions_and_no_columns(
    run: Run, library_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "mine.md"
    out.write_text("mine")
    assert run("table", "method", "--out", out, *WRITES).code == 2
    assert out.read_text() == "mine"
    assert run("table", "method", "--out", tmp_path / "mine.docx", *WRITES).code == 2
    assert run("table", " , ", *WRITES).code == 2
