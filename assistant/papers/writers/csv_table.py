"""Writer of CSV: a header, then a row per paper."""

import csv
from collections.abc import Iterable, Iterator

from assistant.papers.annotation import NO_ANNOTATION, NOTHING_ANNOTATED, Annotated
from assistant.papers.paper import Paper
from assistant.papers.text_lists import join_names, join_texts

NAME = "CSV"
SUFFIX = ".csv"

HEADER = (
    "title",
    "authors",
    "year",
    "abstract",
    "doi",
    "arxiv_id",
    "url",
    "source",
    "type",
    "venue",
    "published",
    "volume",
    "issue",
    "pages",
    "publisher",
    "keywords",
    "citation_key",
    "language",
    "editors",
    "ids",
    "paper_id",
)
"""The columns. The last one identifies files that were written by the assistant."""

EXTRA = "extra"
"""The column after these. Files from earlier versions lack it."""

_ANNOTATION_COLUMNS = ("tags", "collections", "note", "read")

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "'")


class _RowBuffer:
    """A file-like object that keeps the last row written by `csv.writer`."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def write(papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED) -> Iterator[str]:
    """Yield the header, then a row per paper.

    Lists are separated by semicolons (see `assistant.papers.text_lists`). A cell that a spreadsheet
    would take for a formula begins with an apostrophe. Annotations, if any, follow in separate
    columns.
    """
    buffer = _RowBuffer()
    rows = csv.writer(buffer)
    rows.writerow([*HEADER, EXTRA, *(_ANNOTATION_COLUMNS if annotated else ())])
    yield buffer.text
    for paper in papers:
        lists = {
            "authors": join_names(paper, paper.author_names),
            "editors": join_names(paper, paper.editor_names),
            "keywords": join_texts(paper.keywords),
            "ids": _pairs(paper.ids),
            "paper_id": paper.id,
        }
        cells = (lists.get(name) or getattr(paper, name, None) or "" for name in HEADER)
        noted = annotated.get(paper.id, NO_ANNOTATION)
        of_annotation = (
            join_texts(noted.tags),
            join_texts(noted.collections),
            noted.note,
            "yes" if noted.is_read else "",
        )
        row = [*cells, _pairs(paper.extra), *(of_annotation if annotated else ())]
        rows.writerow([escape_formula(str(cell)) for cell in row])
        yield buffer.text


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return join_texts(f"{name}:{value}" for name, value in pairs)


def escape_formula(cell: str) -> str:
    """Return a cell, with an apostrophe in front if it looks like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_START) else cell


def unescape_formula(cell: str) -> str:
    """Return a cell without the apostrophe that `escape_formula` adds."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA_START) else cell
