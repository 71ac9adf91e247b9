"""docs/design/checks-and-steps.md lists the checks and steps there are."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]
GENERATOR = runpy.run_path(str(ROOT / "docs" / "switches_table.py"))


def test_page_is_up_to_date() -> None:
    page = GENERATOR["PAGE"].read_text(encoding="utf-8")
    message = "The page is out of date: run `python docs/switches_table.py`"
    assert GENERATOR["updated_page"](page) == page, message
