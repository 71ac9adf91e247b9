"""docs/formats.md lists the formats that are read."""

from pathlib import Path

from assistant.papers.readers import READERS

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


def test_the_table_names_every_reader_in_the_order_in_which_they_are_tried() -> None:
    rows = [line.split("|")[1].strip() for line in PAGE.read_text().splitlines() if "|" in line]
    _header, _rule, *named = rows
    assert named == list(dict.fromkeys(reader.NAME for reader in READERS))
