"""Exports a table as CSV, Markdown or HTML, with the supporting quote of each cell."""

import csv
import io
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from assistant.answering.table.extract import Row
from assistant.papers.writers.csv_table import escape_formula
from assistant.papers.writers.markdown import escape, markdown_link

FORMATS = ("csv", "md", "html")
"""The export formats, which are also the file name extensions."""

_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;color:#222;background:#fff}"
    "table{border-collapse:collapse}th,td{border:1px solid #ccc;padding:.4rem .6rem;"
    "text-align:left;vertical-align:top}th{background:#f3f3f3;position:sticky;top:0}"
    "q{display:block;color:#666;font-size:.85em;margin-top:.25rem}"
)


def render_table(rows: Sequence[Row], columns: Sequence[str], as_format: str) -> Iterator[str]:
    """Yield the content of an exported file, in pieces.

    Args:
        rows: the rows of the table.
        columns: the column names.
        as_format: one of `FORMATS`.
    """
    return {"csv": _csv, "md": _markdown, "html": _html}[as_format](rows, columns)


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    """Yield the table, followed by a column of quotes for each column.

    Titles and cells are untrusted, so they are escaped to keep spreadsheets from running formulas.
    """
    header = ["title", "year", "url", *columns, *(f"{column}: quote" for column in columns)]
    for values in (header, *map(_values, rows)):
        line = io.StringIO()
        csv.writer(line).writerow(map(escape_formula, values))
        yield line.getvalue()


def _values(row: Row) -> list[str]:
    texts = [cell.text for cell in row.cells]
    quotes = [row.quote(column) for column in range(len(row.cells))]
    return [row.paper.title, str(row.paper.year or ""), row.paper.link or "", *texts, *quotes]


def _markdown(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    """Yield the table, then the quotes grouped by paper."""
    yield f"| paper | {' | '.join(map(escape, columns))} |\n"
    yield f"| --- |{' --- |' * len(columns)}\n"
    for row in rows:
        cells = " | ".join(escape(cell.text) for cell in row.cells)
        yield f"| {markdown_link(row.paper.title, row.paper.link)} | {cells} |\n"
    yield "\n## Quotes\n"
    for row in rows:
        yield f"\n### {escape(row.paper.title)}\n\n"
        for index, column in enumerate(columns):
            if quote := row.quote(index):
                cell = escape(row.cells[index].text)
                yield f"- {escape(column)}: {cell}\n\n  > {escape(quote)}\n"


def _html(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    """Yield a page with each quote below the text of its cell."""
    heads = Markup("").join(Markup("<th>{}</th>").format(name) for name in ("paper", *columns))
    yield (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Papers</title>'
        f"<style>{_STYLE}</style><table><thead><tr>{heads}</tr></thead><tbody>\n"
    )
    for row in rows:
        cells = Markup("").join(_html_cell(row, column) for column in range(len(columns)))
        yield str(Markup("<tr><td>{}</td>{}</tr>\n").format(_html_title(row), cells))
    yield "</tbody></table></html>\n"


def _html_cell(row: Row, column: int) -> Markup:
    quote = row.quote(column)
    quote_html = Markup("<q>{}</q>").format(quote) if quote else Markup("")
    return Markup("<td>{}{}</td>").format(row.cells[column].text, quote_html)


def _html_title(row: Row) -> Markup | str:
    url = row.paper.link
    if url is None or not url.startswith(("https://", "http://")):
        return row.paper.title
    return Markup('<a href="{}">{}</a>').format(url, row.paper.title)
