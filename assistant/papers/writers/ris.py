"""Writer of RIS, which reference managers import."""

from collections.abc import Iterable, Iterator

from assistant.papers.paper import Paper

NAME = "RIS"

# What a paper was published in is not known, so none is said to be in a journal.
_TYPE = "GEN"


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield an entry a paper; an arXiv id stands as the accession number, ``arXiv:...``."""
    for paper in papers:
        fields = [
            ("TY", _TYPE),
            *(("AU", author) for author in paper.authors),
            ("TI", paper.title),
            ("PY", str(paper.year or "")),
            ("AB", paper.abstract),
            ("DO", paper.doi),
            ("AN", f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else None),
            ("UR", paper.url),
        ]
        lines = [f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value]
        yield "".join([*lines, "ER  - \r\n\r\n"])


def _one_line(text: str) -> str:
    return " ".join(text.split())
