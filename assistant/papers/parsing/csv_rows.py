"""Reading CSV with cells of any length, and errors that name the line."""

import csv
from collections.abc import Iterable, Iterator

from assistant.errors import InputError

# The standard library's default of 131,072 characters rejects a table with one large cell.
_MAX_CELL_CHARACTERS = 10_000_000
csv.field_size_limit(_MAX_CELL_CHARACTERS)


def csv_rows(lines: Iterable[str], delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line that each row ends on, and the row.

    Args:
        lines: the lines, with their line ends.
        delimiter: one character.

    Raises:
        InputError: the lines are not CSV, or a cell has more than 10 million characters.
    """
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise InputError(f"cannot be read from line {rows.line_num} on ({error})") from error
