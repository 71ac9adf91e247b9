"""Reader of Atom feeds as arXiv's API answers with them."""

import re
from collections.abc import Iterator

from assistant.papers.readers.document import Document
from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.xml_elements import children, elements, text_at
from assistant.papers.record import Record

NAME = "arXiv Atom feed"

_FEED = re.compile(r"<(?:\w+:)?feed\b[^>]*http://www\.w3\.org/2005/Atom")


def recognises(document: Document) -> bool:
    """Tell by the outermost element."""
    return _FEED.search(document.start) is not None


def read(document: Document) -> Iterator[Record]:
    """Return a paper an entry; its address is that of its page at arXiv."""
    for number, entry in enumerate(elements(document, "entry"), start=1):
        yield paper_or_reason(
            document.name,
            f"entry {number}",
            title=text_at(entry, "title"),
            abstract=text_at(entry, "summary"),
            authors=[text_at(author, "name") for author in children(entry, "author")],
            year=text_at(entry, "published"),
            url=text_at(entry, "id"),
            doi=text_at(entry, "doi"),
            arxiv_id=text_at(entry, "id"),
        )
