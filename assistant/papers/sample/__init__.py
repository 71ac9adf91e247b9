"""The sample library: digests of 109 papers on training schemes, in our own words."""

from functools import cache
from pathlib import Path

from assistant.papers.paper import Paper
from assistant.papers.readers import jsonl


@cache
def sample_papers() -> tuple[Paper, ...]:
    """Return the papers that a new library starts with; each abstract is a digest."""
    path = Path(__file__).with_name("papers.jsonl")
    return tuple(jsonl.read(path.read_text(encoding="utf-8"), source="sample library"))
