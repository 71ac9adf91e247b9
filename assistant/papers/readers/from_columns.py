"""The paper that named fields describe, whether columns of a table or labels of a note."""

from collections.abc import Mapping

from assistant.papers.readers.columns import Column
from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.names import author_names
from assistant.papers.record import Record


def paper_of_columns(texts: Mapping[Column, str], source: str, where: str) -> Record:
    """Return the paper that the texts of some fields make, or why they make none."""
    return paper_or_reason(
        source,
        where,
        title=texts.get("title"),
        abstract=texts.get("abstract"),
        authors=author_names(texts.get("authors", "")),
        year=texts.get("year"),
        url=texts.get("url"),
        doi=texts.get("doi"),
        arxiv_id=texts.get("arxiv_id"),
    )
