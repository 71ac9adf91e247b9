"""Writer of JSON Lines: one object per paper, with its known fields."""

import json
from collections.abc import Iterable, Iterator

from assistant.papers.annotation import NO_ANNOTATION, NOTHING_ANNOTATED, Annotated
from assistant.papers.details import paper_to_json
from assistant.papers.paper import Paper

NAME = "JSON Lines"
SUFFIX = ".jsonl"


def write(papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED) -> Iterator[str]:
    """Yield a line per paper. Unknown fields are omitted."""
    for paper in papers:
        noted = annotated.get(paper.id, NO_ANNOTATION)
        yield json.dumps(paper_to_json(paper) | noted.to_json(), ensure_ascii=False) + "\n"
