"""CSV with very long cells, and damaged CSV."""

import csv
from collections.abc import Iterator

import pytest

from assistant.errors import InputError
from assistant.papers.parsing import csv_rows as module
from assistant.papers.parsing.csv_rows import csv_rows


@pytest.fixture
def small_limit() -> Iterator[int]:
    before = csv.field_size_limit(1000)
    yield 1000
    csv.field_size_limit(before)


def test_a_cell_of_several_hundred_thousand_characters_is_read() -> None:
    assert csv.field_size_limit() == module._MAX_CELL_CHARACTERS
    rows = list(csv_rows(["title,abstract\n", f"A,{'x' * 400_000}\n"]))
    assert [number for number, _ in rows] == [1, 2]
    assert len(rows[1][1][1]) == 400_000


def test_a_cell_above_the_limit_is_an_error_that_names_the_line(small_limit: int) -> None:
    with pytest.raises(InputError, match="line 2"):
        list(csv_rows(["title\n", f"{'x' * (small_limit + 1)}\n"]))
