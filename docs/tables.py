"""The tables in README.md and docs/ that are made from the code.

Each is enclosed by two marks in its page. Run ``python docs/tables.py`` to update all pages after a
setting, a reader, a check or a step has changed.
"""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant.papers.readers import READERS
from assistant.settings import Settings
from assistant.switches import CHECKS, PRESETS, STEPS

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class GeneratedTable:
    """Tables in a page.

    Attributes:
        name: in the marks.
        page: the Markdown file that has the marks.
        make: returns the Markdown between them.
    """

    name: str
    page: Path
    make: Callable[[], str]

    @property
    def begin(self) -> str:
        """The mark before the tables."""
        return f"<!-- {self.name}: made by docs/tables.py -->"

    @property
    def end(self) -> str:
        """The mark after the tables."""
        return f"<!-- end of {self.name} -->"

    def updated(self, text: str) -> str:
        """Return the page's text with the current tables between its marks.

        Raises:
            ValueError: a mark is missing.
        """
        before, begin, rest = text.partition(self.begin)
        _, end, after = rest.partition(self.end)
        if not (begin and end):
            raise ValueError(f"{self.page.name} needs the lines {self.begin} and {self.end}.")
        return f"{before}{begin}\n\n{self.make()}\n\n{end}{after}"


def settings_table() -> str:
    """Return a table with the name, default and meaning of every setting."""
    meanings = _attribute_docs(Settings.__doc__ or "")
    rows = [
        (f"`{field.name}`", _shown(field.default), meanings[field.name])
        for field in fields(Settings)
    ]
    return _table(("setting", "default", "meaning"), rows)


def formats_table() -> str:
    """Return a table with a row for every reader, in the order of recognition."""
    rows = [
        (
            reader.NAME,
            ", ".join(f"`{extension}`" for extension in reader.EXTENSIONS),
            reader.RECOGNISED_BY,
            reader.READS,
        )
        for reader in READERS
    ]
    return _table(("format", "usual extensions", "recognised by", "what is read"), rows)


def switches_tables() -> str:
    """Return tables of the checks, the steps and the presets."""
    presets = {
        name: ", ".join(f"`{setting}={value}`" for setting, value in settings.items())
        or "the default settings"
        for name, settings in PRESETS.items()
    }
    titled = {"check": CHECKS, "step": STEPS, "preset": presets}
    return "\n\n".join(
        _table((title, "meaning"), [(f"`{name}`", text) for name, text in meanings.items()])
        for title, meanings in titled.items()
    )


TABLES = (
    GeneratedTable("settings", ROOT / "README.md", settings_table),
    GeneratedTable("formats", ROOT / "docs" / "formats.md", formats_table),
    GeneratedTable("switches", ROOT / "docs" / "design" / "checks-and-steps.md", switches_tables),
)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [[cell.replace("|", r"\|") for cell in row] for row in (header, *rows)]
    lines.insert(1, ["---"] * len(header))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _attribute_docs(docstring: str) -> dict[str, str]:
    """Return the entries of a Google-style ``Attributes:`` section, each on one line."""
    _, _, section = docstring.partition("Attributes:\n")
    entries = re.findall(r"^ {8}(\w+): (.*(?:\n {12}.*)*)", section, re.MULTILINE)
    return {name: _as_markdown(" ".join(text.split())) for name, text in entries}


def _as_markdown(text: str) -> str:
    text = text.replace("``", "`")
    return text[:1].upper() + text[1:]


def _shown(default: object) -> str:
    return "empty" if default in ("", ()) else f"`{default}`"


if __name__ == "__main__":
    for table in TABLES:
        text = table.page.read_text(encoding="utf-8")
        table.page.write_text(table.updated(text), encoding="utf-8")
