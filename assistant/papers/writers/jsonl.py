"""Writer of JSON Lines: one object per paper, with its known fields."""

import json
from collections.abc import Iterable, Iterator

from assistant.papers.details import paper_to_json
from assistant.papers.paper import Paper

NAME = "JSON Lines"


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a line per paper. Unknown fields are omitted."""
    for paper in papers:
        yield json.dumps(paper_to_json(paper), ensure_ascii=False) + "\n"
