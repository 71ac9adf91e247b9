"""Writer of JSON Lines: one object per paper, with its known fields."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from assistant.papers.paper import Paper

NAME = "JSON Lines"

_FIELDS = ("title", "abstract", "authors", "year", "url", "doi", "arxiv_id", "source")


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a line per paper. Unknown fields are omitted."""
    for paper in papers:
        values = asdict(paper)
        known = {name: values[name] for name in _FIELDS if values[name]}
        yield json.dumps({"paper_id": paper.id, **known}, ensure_ascii=False) + "\n"
