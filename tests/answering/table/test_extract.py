"""Extracting, caching and exporting tables."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.table.export import render_table
from assistant.answering.table.extract import Cell, Row, ground_cell, parse_columns, parse_row
from assistant.answering.table.row_cache import RowCache
from assistant.errors import InputError
from assistant.papers import Paper

PARROTS = Paper(
    title="Teaching Parrots to Count | <b>",
    abstract=(
        "Six parrots learn to count walnuts up to eight. "
        "PolyCount rewards each right answer with a nut. "
        "Half of the birds reach an accuracy of 93 percent on the WalnutBench test."
    ),
    url="https://example.org/parrots",
)
COLUMNS = ("method", "result")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("PolyCount", "PolyCount rewards"),
        ("accuracy of 93%", "Half of the birds"),
        ("counting walnuts", "Six parrots"),
        ("93 percent on WalnutBench", "Half of the birds"),
    ],
)
def test_cell_quotes_its_supporting_sentence(text: str, quote: str) -> None:
    cell = ground_cell(text, PARROTS)
    assert cell.text == text
    assert Row(PARROTS, (cell,)).quote(0).startswith(quote)


@pytest.mark.parametrize("text", ["94%", "DoughNet", "trams run on rubber wheels", "", "the"])
def test_cell_is_empty_if_the_abstract_does_not_support_it(text: str) -> None:
    assert ground_cell(text, PARROTS) == Cell()


def test_complete_values_of_a_cut_row_are_used() -> None:
    for cut in ('"an accu', '"counts, up to ei', '"', ""):
        row = parse_row(PARROTS, COLUMNS, f'{{"method": "PolyCount", "result": {cut}')
        assert [cell.text for cell in row.cells] == ["PolyCount", ""]


@given(st.text())
def test_any_output_gives_a_row(written: str) -> None:
    assert len(parse_row(PARROTS, COLUMNS, written).cells) == 2


def test_parse_columns_rejects_empty_repeated_and_too_many_names() -> None:
    assert parse_columns(" method,  headline  result,") == ("method", "headline result")
    for wrong in ("", ",", "task, Task", ",".join("abcdefghi")):
        with pytest.raises(InputError):
            parse_columns(wrong)


ROW = parse_row(PARROTS, COLUMNS, '{"method": "PolyCount", "result": "93 percent"}')


def test_cached_row_is_found_by_columns_model_and_paper(tmp_path: Path) -> None:
    RowCache(tmp_path, COLUMNS, "model").add(ROW)
    assert RowCache(tmp_path, COLUMNS, "model").get(PARROTS) == ROW
    assert RowCache(tmp_path, COLUMNS, "other model").get(PARROTS) is None
    assert RowCache(tmp_path, ("task",), "model").get(PARROTS) is None


def test_incomplete_line_in_the_cache_is_ignored(
    tmp_path: Path,
) -> None:
    RowCache(tmp_path, COLUMNS, "model").add(ROW)
    (file,) = (tmp_path / "tables").iterdir()
    file.write_text(file.read_text() + '\n{"paper": "abc", "ce')
    cache = RowCache(tmp_path, COLUMNS, "model")
    assert cache.get(PARROTS) == ROW
    cache.add(ROW)
    assert RowCache(tmp_path, COLUMNS, "model").get(PARROTS) == ROW


def test_csv_has_a_column_for_each_quote() -> None:
    (record,) = csv.DictReader(io.StringIO("".join(render_table([ROW], COLUMNS, "csv"))))
    assert record["title"] == PARROTS.title
    assert record["method"] == "PolyCount"
    assert record["result: quote"] == ROW.quote(1)


def test_csv_cells_are_no_formulas() -> None:
    paper = replace(PARROTS, title='=HYPERLINK("http://evil.example")')
    row = replace(ROW, paper=paper)
    columns = ("@method", "result")
    header, line = csv.reader(io.StringIO("".join(render_table([row], columns, "csv"))))
    assert line[0] == "'" + paper.title
    assert header[3] == "'@method"


def test_markdown_and_html_exports_are_escaped() -> None:
    markdown = "".join(render_table([ROW], COLUMNS, "md"))
    assert "Count \\| \\<b\\>" in markdown
    assert "> PolyCount rewards each right answer with a nut." in markdown
    html = "".join(render_table([ROW], COLUMNS, "html"))
    assert "Count | &lt;b&gt;" in html
    assert "<q>PolyCount rewards each right answer with a nut.</q>" in html
