"""The tables that are made from the code are up to date, and complete."""

import runpy
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from assistant.papers.readers import READERS
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TABLES = {table.name: table for table in runpy.run_path(str(ROOT / "docs" / "tables.py"))["TABLES"]}


def first_column(table: Any) -> list[str]:
    page = table.page.read_text(encoding="utf-8")
    lines = page.partition(table.begin)[2].partition(table.end)[0].splitlines()
    _, _, *rows = [line.split("|")[1].strip() for line in lines if line.startswith("|")]
    return rows


@pytest.mark.parametrize("name", sorted(TABLES))
def test_table_is_up_to_date(name: str) -> None:
    page = TABLES[name].page.read_text(encoding="utf-8")
    assert TABLES[name].updated(page) == page, "out of date: run `python docs/tables.py`"


def test_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match=r"README\.md needs the lines"):
        TABLES["settings"].updated("no table here")


def test_settings_have_a_row_each() -> None:
    assert first_column(TABLES["settings"]) == [f"`{field.name}`" for field in fields(Settings)]


def test_readers_have_a_row_each_in_the_order_of_recognition() -> None:
    assert first_column(TABLES["formats"]) == [reader.NAME for reader in READERS]
