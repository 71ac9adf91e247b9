"""The tables of checks and steps in design/checks-and-steps.md, made from `assistant.switches`.

Run ``python docs/switches_table.py`` to update the page after a check or step has changed.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant.switches import CHECKS, PRESETS, STEPS

PAGE = Path(__file__).resolve().parent / "design" / "checks-and-steps.md"
BEGIN = "<!-- switches: made by docs/switches_table.py -->"
END = "<!-- end of switches -->"


def switches_tables() -> str:
    """Return Markdown tables of the checks, the steps and the presets."""
    presets = {
        name: ", ".join(f"`{setting}={value}`" for setting, value in settings.items())
        or "the default settings"
        for name, settings in PRESETS.items()
    }
    tables = [_table("check", CHECKS), _table("step", STEPS), _table("preset", presets)]
    return "\n\n".join(tables)


def updated_page(text: str) -> str:
    """Return the page's text with the current tables between its two marks.

    Raises:
        ValueError: a mark is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name} needs the lines {BEGIN} and {END}.")
    return f"{before}{begin}\n\n{switches_tables()}\n\n{end}{after}"


def _table(title: str, meanings: Mapping[str, str]) -> str:
    rows = [f"| `{name}` | {meaning} |" for name, meaning in meanings.items()]
    return "\n".join([f"| {title} | meaning |", "| --- | --- |", *rows])


if __name__ == "__main__":
    PAGE.write_text(updated_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
