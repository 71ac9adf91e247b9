"""The settings table of README.md, made from the docstring of `Settings`.

Run ``python docs/settings_table.py`` to update the README after a setting has changed.
"""

import re
import sys
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant.settings import Settings

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN = "<!-- settings: made by docs/settings_table.py -->"
END = "<!-- end of settings -->"


def settings_table() -> str:
    """Return a Markdown table with the name, default and meaning of every setting."""
    meanings = _attribute_docs(Settings.__doc__ or "")
    rows = [
        f"| `{field.name}` | {_shown(field.default)} | {meanings[field.name]} |"
        for field in fields(Settings)
    ]
    return "\n".join(["| setting | default | meaning |", "| --- | --- | --- |", *rows])


def updated_readme(text: str) -> str:
    """Return the README's text with the current table between its two marks.

    Raises:
        ValueError: a mark is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md needs the lines {BEGIN} and {END}.")
    return f"{before}{begin}\n\n{settings_table()}\n\n{end}{after}"


def _attribute_docs(docstring: str) -> dict[str, str]:
    """Return the entries of a Google-style ``Attributes:`` section, each on one line."""
    _, _, section = docstring.partition("Attributes:\n")
    entries = re.findall(r"^ {8}(\w+): (.*(?:\n {12}.*)*)", section, re.MULTILINE)
    return {name: _as_markdown(" ".join(text.split())) for name, text in entries}


def _as_markdown(text: str) -> str:
    text = text.replace("``", "`").replace("|", r"\|")
    return text[:1].upper() + text[1:]


def _shown(default: object) -> str:
    return "empty" if default in ("", ()) else f"`{default}`"


if __name__ == "__main__":
    README.write_text(updated_readme(README.read_text(encoding="utf-8")), encoding="utf-8")
