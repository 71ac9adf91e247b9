"""Conversion between `Paper` records and rows of the table ``papers``."""

import json
from collections.abc import Sequence
from dataclasses import replace

from assistant.papers import Paper

COLUMNS = "id, title, abstract, authors, year, url, doi, arxiv_id, source"
"""The columns that `paper_from_row` expects, in order."""


def paper_from_row(row: Sequence[object]) -> Paper:
    """Return the paper stored in a row of the columns `COLUMNS`."""
    id_, title, abstract, authors, year, url, doi, arxiv_id, source = row
    paper = Paper(
        title=str(title),
        abstract=str(abstract),
        authors=tuple(json.loads(str(authors))),
        year=None if year is None else int(str(year)),
        url=None if url is None else str(url),
        doi=None if doi is None else str(doi),
        arxiv_id=None if arxiv_id is None else str(arxiv_id),
        source=str(source),
    )
    return paper if paper.id == id_ else replace(paper, known_as=str(id_))


def values_of(paper: Paper) -> dict[str, object]:
    """Return the values of a paper by column name, all but ``number`` and ``indexed``."""
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": json.dumps(paper.authors, ensure_ascii=False),
        "year": paper.year,
        "url": paper.url,
        "doi": paper.doi,
        "arxiv_id": paper.arxiv_id,
        "source": paper.source,
        "content_hash": paper.content_hash(),
    }
