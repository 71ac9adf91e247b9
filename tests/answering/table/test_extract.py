"""A table of papers: cells stand only on what the abstract says, and rows are kept."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.table.export import table_text
from assistant.answering.table.extract import Cell, Row, checked_cell, checked_row, parse_columns
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
def test_a_cell_quotes_the_sentence_that_holds_it(text: str, quote: str) -> None:
    cell = checked_cell(text, PARROTS)
    assert cell.text == text
    assert Row(PARROTS, (cell,)).quote(0).startswith(quote)


@pytest.mark.parametrize("text", ["94%", "DoughNet", "trams run on rubber wheels", "", "the"])
def test_what_the_abstract_does_not_hold_leaves_the_cell_empty(text: str) -> None:
    assert checked_cell(text, PARROTS) == Cell()


def test_of_a_row_that_was_cut_what_is_whole_counts() -> None:
    for cut in ('"an accu', '"counts, up to ei', '"', ""):
        row = checked_row(PARROTS, COLUMNS, f'{{"method": "PolyCount", "result": {cut}')
        assert [cell.text for cell in row.cells] == ["PolyCount", ""]


@given(st.text())
def test_whatever_the_model_writes_gives_a_row(written: str) -> None:
    assert len(checked_row(PARROTS, COLUMNS, written).cells) == 2


def test_columns_are_named_once_each() -> None:
    assert parse_columns(" method,  headline  result,") == ("method", "headline result")
    for wrong in ("", ",", "task, Task", ",".join("abcdefghi")):
        with pytest.raises(InputError):
            parse_columns(wrong)


ROW = checked_row(PARROTS, COLUMNS, '{"method": "PolyCount", "result": "93 percent"}')


def test_rows_are_kept_for_the_same_columns_and_model(tmp_path: Path) -> None:
    RowCache(tmp_path, COLUMNS, "model").keep(ROW)
    assert RowCache(tmp_path, COLUMNS, "model").row(PARROTS) == ROW
    assert RowCache(tmp_path, COLUMNS, "other model").row(PARROTS) is None
    assert RowCache(tmp_path, ("task",), "model").row(PARROTS) is None


def test_a_row_that_a_cut_left_unfinished_is_filled_again_and_harms_no_other(
    tmp_path: Path,
) -> None:
    RowCache(tmp_path, COLUMNS, "model").keep(ROW)
    (file,) = (tmp_path / "tables").iterdir()
    file.write_text(file.read_text() + '\n{"paper": "abc", "ce')
    kept = RowCache(tmp_path, COLUMNS, "model")
    assert kept.row(PARROTS) == ROW
    kept.keep(ROW)
    assert RowCache(tmp_path, COLUMNS, "model").row(PARROTS) == ROW


def test_csv_has_a_column_for_each_quote() -> None:
    (record,) = csv.DictReader(io.StringIO("".join(table_text([ROW], COLUMNS, "csv"))))
    assert record["title"] == PARROTS.title
    assert record["method"] == "PolyCount"
    assert record["result: quote"] == ROW.quote(1)


def test_markdown_and_html_escape_what_papers_write() -> None:
    markdown = "".join(table_text([ROW], COLUMNS, "md"))
    assert "Count \\| \\<b\\>" in markdown
    assert "> PolyCount rewards each right answer with a nut." in markdown
    html = "".join(table_text([ROW], COLUMNS, "html"))
    assert "Count | &lt;b&gt;" in html
    assert "<q>PolyCount rewards each right answer with a nut.</q>" in html
