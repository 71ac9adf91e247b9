"""Writer of RIS, an import format of reference managers."""

from collections.abc import Iterable, Iterator

from assistant.papers.paper import Paper

NAME = "RIS"

# The generic type, since the kind of publication is unknown.
_TYPE = "GEN"


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield an entry per paper. The accession number is the arXiv id, as ``arXiv:ID``."""
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
