"""The table of formats in formats.md, made from the readers.

Run ``python docs/formats_table.py`` to update the page after a reader has changed.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant.papers.readers import READERS

PAGE = Path(__file__).resolve().parent / "formats.md"
BEGIN = "<!-- formats: made by docs/formats_table.py -->"
END = "<!-- end of formats -->"


def formats_table() -> str:
    """Return a Markdown table with a row for every reader, in the order of recognition."""
    rows = [
        (
            reader.NAME,
            ", ".join(f"`{extension}`" for extension in reader.EXTENSIONS),
            reader.RECOGNISED_BY,
            reader.READS,
        )
        for reader in READERS
    ]
    lines = [" | ".join(cell.replace("|", r"\|") for cell in row) for row in rows]
    header = ["| Format | Usual extensions | Recognised by | What is read |", "|---|---|---|---|"]
    return "\n".join([*header, *(f"| {line} |" for line in lines)])


def updated_page(text: str) -> str:
    """Return the page's text with the current table between its two marks.

    Raises:
        ValueError: a mark is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"formats.md needs the lines {BEGIN} and {END}.")
    return f"{before}{begin}\n\n{formats_table()}\n\n{end}{after}"


if __name__ == "__main__":
    PAGE.write_text(updated_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
