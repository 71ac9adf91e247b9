"""Writer of CSV: a header, then a row a paper."""

import csv
from collections.abc import Iterable, Iterator

from assistant.papers.paper import Paper

NAME = "CSV"

_HEADER = ("title", "authors", "year", "abstract", "doi", "arxiv_id", "url", "source")


class _Line:
    """A file of one line: what `csv.writer` writes of a row."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield the header and a row a paper; authors are separated by semicolons."""
    line = _Line()
    rows = csv.writer(line)
    rows.writerow(_HEADER)
    yield line.text
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
        yield line.text
