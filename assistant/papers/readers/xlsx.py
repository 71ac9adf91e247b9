"""Reader of Excel workbooks: a table with a header on each sheet."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from assistant.papers.files.document import Document
from assistant.papers.files.package import is_package_with, open_package
from assistant.papers.readers.tables import is_header, table_records
from assistant.papers.record import Record, Skipped

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

NAME = "Excel workbook (.xlsx)"
EXTENSIONS = (".xlsx",)
RECOGNISED_BY = "a zip with `xl/workbook.xml`"
READS = "as CSV, from each sheet that has such a header in its first 20 rows"

# Titles and remarks may come before the header.
_ROWS_BEFORE_HEADER = 20


def recognises(document: Document) -> bool:
    """Return whether the file is a workbook."""
    return is_package_with(document, "xl/workbook.xml")


def read(document: Document) -> Iterator[Record]:
    """Yield a record per row. Formulas are read as their last computed values."""
    from openpyxl import load_workbook

    open_package(document).close()
    try:
        workbook = load_workbook(document.bytes(), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            yield from _records(sheet, document.name, len(workbook.worksheets) > 1)
    # For a damaged file, the library may raise any exception, such as KeyError.
    except Exception:
        yield Skipped(document.name, "is a damaged workbook; save it again, or as CSV")


def _records(sheet: "ReadOnlyWorksheet", source: str, name_sheet: bool) -> Iterator[Record]:
    rows = (
        (number, [_text(value) for value in values])
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1)
    )
    place = f"{sheet.title}, " if name_sheet else ""
    for number, header in rows:
        if is_header(header):
            yield from table_records(
                header, ((f"{place}row {at}", row) for at, row in rows), source
            )
        elif number < _ROWS_BEFORE_HEADER:
            continue
        return


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
