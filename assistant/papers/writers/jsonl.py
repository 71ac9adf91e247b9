"""Writer of JSON Lines: one object per paper, with its known fields."""

import json
from collections.abc import Iterable, Iterator

from assistant.papers.details import details_to_json
from assistant.papers.paper import Paper

NAME = "JSON Lines"

_FIELDS = ("title", "abstract", "authors", "year", "url", "doi", "arxiv_id", "source")


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a line per paper. Unknown fields are omitted."""
    for paper in papers:
        values = {name: getattr(paper, name) for name in _FIELDS}
        known = {name: value for name, value in values.items() if value}
        fields = {"paper_id": paper.id, **known, **details_to_json(paper)}
        yield json.dumps(fields, ensure_ascii=False) + "\n"
