"""Reader of Atom feeds, the response format of the arXiv API."""

import re
from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.parsing.markup.xml_elements import elements_at, iter_elements, text_at
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.record import Record, Skipped

NAME = "arXiv Atom feed"
EXTENSIONS = (".atom", ".xml")
RECOGNISED_BY = "a `feed` in Atom's namespace"
READS = "all fields"

_FEED = re.compile(r"<(?:\w+:)?feed\b[^>]*http://www\.w3\.org/2005/Atom")

# The address of an entry that reports an error in the request.
_ERROR = "arxiv.org/api/errors"


def recognises(document: Document) -> bool:
    """Return whether the root element is an Atom feed."""
    return _FEED.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Yield a record per entry. The URL of a paper is its arXiv page."""
    for number, entry in enumerate(iter_elements(document, "entry"), start=1):
        if _ERROR in text_at(entry, "id"):
            reason = f"arXiv answered with an error: {one_line(text_at(entry, 'summary'))}"
            yield Skipped(document.name, reason, f"entry {number}")
            continue
        yield make_record(
            document.name,
            f"entry {number}",
            title=text_at(entry, "title"),
            abstract=text_at(entry, "summary"),
            authors=[text_at(author, "name") for author in elements_at(entry, "author")],
            year=text_at(entry, "published"),
            url=text_at(entry, "id"),
            doi=text_at(entry, "doi"),
            arxiv_id=text_at(entry, "id"),
            type="preprint",
            published=text_at(entry, "published"),
            keywords=[one.get("term", "") for one in elements_at(entry, "category")],
        )
