"""Writer of CSV: a header, then a row per paper."""

import csv
from collections.abc import Iterable, Iterator

from assistant.papers.paper import Paper

NAME = "CSV"

_HEADER = ("title", "authors", "year", "abstract", "doi", "arxiv_id", "url", "source")


class _RowBuffer:
    """A file-like object that keeps the last row which `csv.writer` has written."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield the header, then a row per paper. Authors are separated by semicolons."""
    buffer = _RowBuffer()
    rows = csv.writer(buffer)
    rows.writerow(_HEADER)
    yield buffer.text
    for paper in papers:
        rows.writerow(
            (
                paper.title,
                "; ".join(paper.authors),
                paper.year or "",
                paper.abstract,
                paper.doi or "",
                paper.arxiv_id or "",
                paper.url or "",
                paper.source,
            )
        )
        yield buffer.text
