"""The list of formats in docs/formats.md."""

from pathlib import Path

from assistant.papers.readers import READERS

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"


def test_table_lists_every_reader_in_order_of_recognition() -> None:
    rows = [line.split("|")[1].strip() for line in PAGE.read_text().splitlines() if "|" in line]
    _header, _rule, *named = rows
    assert named == list(dict.fromkeys(reader.NAME for reader in READERS))
