"""Exporting results as CSV, JSON or Markdown."""

import csv
import io
import json
from collections.abc import Iterator, Sequence

from assistant.library.results.result import Result
from assistant.papers.writers.csv_table import escape_formula
from assistant.papers.writers.markdown import escape, markdown_link

FORMATS = ("csv", "json", "md")
"""The formats, which are also the extensions of file names."""

_COLUMNS = ("paper", "value", "measures", "data set", "method", "quote")


def render_results(results: Sequence[Result], as_format: str) -> Iterator[str]:
    """Yield the content of a file, in pieces.

    Args:
        results: the results, in order.
        as_format: one of `FORMATS`.
    """
    return {"csv": _csv, "json": _json, "md": _markdown}[as_format](results)


def _csv(results: Sequence[Result]) -> Iterator[str]:
    """Yield a header, then a row for each result. No cell is read as a spreadsheet formula."""
    header = list(results[0].to_dict()) if results else []
    for values in (header, *(one.to_dict().values() for one in results)):
        line = io.StringIO()
        csv.writer(line).writerow(
            [escape_formula("" if value is None else str(value)) for value in values]
        )
        yield line.getvalue()


def _json(results: Sequence[Result]) -> Iterator[str]:
    yield json.dumps([one.to_dict() for one in results], ensure_ascii=False, indent=2)
    yield "\n"


def _markdown(results: Sequence[Result]) -> Iterator[str]:
    yield f"| {' | '.join(_COLUMNS)} |\n"
    yield f"|{' --- |' * len(_COLUMNS)}\n"
    for one in results:
        cells = (one.value, one.measures, one.data_set, one.method, one.quote)
        paper = markdown_link(one.paper.title, one.paper.link)
        yield f"| {' | '.join((paper, *map(escape, cells)))} |\n"
