"""Conversion between `Paper` records and rows of the table ``papers``."""

import json
from collections.abc import Sequence
from dataclasses import replace

from assistant.papers import Paper
from assistant.papers.details import details_from_json, details_to_json
from assistant.papers.paper import DETAILS
from assistant.papers.pdf_file import PdfFile
from assistant.text.scripts import search_text

_BASIC = "id, title, abstract, authors, year, url, doi, arxiv_id, source"
_PDF = "pdf, abstract_page"
COLUMNS = f"{_BASIC}, {', '.join(DETAILS)}, {_PDF}"
"""The columns that `paper_from_row` expects, in order."""

# Details that are stored as JSON.
_JSON = frozenset(("keywords", "editors", "names", "ids", "extra"))


def paper_from_row(row: Sequence[object]) -> Paper:
    """Return the paper stored in a row of the columns `COLUMNS`.

    Raises:
        ValueError: the row is damaged.
        TypeError: the row is damaged.
    """
    id_, title, abstract, authors, year, url, doi, arxiv_id, source, *details, pdf, page = row
    known = {
        name: json.loads(str(value)) if name in _JSON else value
        for name, value in zip(DETAILS, details, strict=True)
        if value is not None
    }
    paper = Paper(
        title=str(title),
        abstract=str(abstract),
        authors=tuple(json.loads(str(authors))),
        year=None if year is None else int(str(year)),
        url=None if url is None else str(url),
        doi=None if doi is None else str(doi),
        arxiv_id=None if arxiv_id is None else str(arxiv_id),
        source=str(source),
        pdf=None if pdf is None else PdfFile(str(pdf), int(str(page))),
        **(details_from_json(known) if known else {}),
    )
    return paper if paper.id == id_ else replace(paper, known_as=str(id_))


def values_of(paper: Paper) -> dict[str, object]:
    """Return the values of a paper by column name, except ``number`` and ``indexed``."""
    known = details_to_json(paper)
    details = {
        name: json.dumps(known[name], ensure_ascii=False) if name in _JSON else known[name]
        for name in known
    }
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
        "pdf": paper.pdf.sha256 if paper.pdf else None,
        "abstract_page": paper.pdf.abstract_page if paper.pdf else None,
        **{name: details.get(name) for name in DETAILS},
        **search_texts(paper),
        "content_hash": paper.content_hash(),
    }


def search_texts(paper: Paper) -> dict[str, str | None]:
    """Return a paper's texts for the word indexes by column; None where the original is used."""
    texts = {
        "title_searched": paper.title,
        "abstract_searched": paper.abstract,
        "authors_searched": json.dumps(paper.authors, ensure_ascii=False),
    }
    searched = {name: search_text(text) for name, text in texts.items()}
    return {name: text if text != texts[name] else None for name, text in searched.items()}
