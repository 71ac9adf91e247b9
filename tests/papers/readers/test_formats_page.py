"""The table of formats in docs/formats.md is up to date."""

import runpy
from pathlib import Path

from assistant.papers.readers import READERS

ROOT = Path(__file__).parents[3]
GENERATOR = runpy.run_path(str(ROOT / "docs" / "formats_table.py"))
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def test_table_of_formats_is_up_to_date() -> None:
    message = "docs/formats.md is out of date: run `python docs/formats_table.py`"
    assert GENERATOR["updated_page"](PAGE) == PAGE, message


def test_table_of_formats_has_a_row_for_every_reader_in_order_of_recognition() -> None:
    table = PAGE.partition(GENERATOR["BEGIN"])[2].partition(GENERATOR["END"])[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if "|" in line]
    assert rows[2:] == [reader.NAME for reader in READERS]
