"""The sample library: 109 papers on training methods, with summaries instead of their abstracts.

Authors, years and arXiv ids are those on arXiv; the year is that of the first version. A DOI and a
venue are given if the paper was published in the same year. Fields on which sources disagree are
left out: the authors of three papers and the year of one.
"""

from functools import cache
from pathlib import Path

from assistant.papers.identity.merging import SAMPLE_SOURCE
from assistant.papers.paper import Paper
from assistant.papers.readers import Document, json_lines


@cache
def sample_papers() -> tuple[Paper, ...]:
    """Return the papers that a new library starts with."""
    with Path(__file__).with_name("papers.jsonl").open("rb") as file:
        records = list(json_lines.read(Document(SAMPLE_SOURCE, file)))
    return tuple(record for record in records if isinstance(record, Paper))
