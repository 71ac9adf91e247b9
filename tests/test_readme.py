"""The README's settings table is up to date."""

import re
import runpy
from dataclasses import fields
from pathlib import Path

from assistant.settings import Settings

ROOT = Path(__file__).parents[1]
GENERATOR = runpy.run_path(str(ROOT / "docs" / "settings_table.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_settings_table_is_up_to_date() -> None:
    message = "README.md is out of date: run `python docs/settings_table.py`"
    assert GENERATOR["updated_readme"](README) == README, message


def test_settings_table_has_a_row_for_every_setting() -> None:
    table = README.partition(GENERATOR["BEGIN"])[2].partition(GENERATOR["END"])[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [
        field.name for field in fields(Settings)
    ]
