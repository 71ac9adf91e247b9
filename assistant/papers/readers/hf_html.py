"""Reader of a Hugging Face Papers page saved as HTML, and of any page set like one.

Such a page carries its papers as data too, with authors and dates, where it has not been cleaned of
that; what it shows is read like the page's text.
"""

from collections.abc import Iterator

from assistant.papers.identifiers import mentioned_arxiv_id
from assistant.papers.readers.document import Document
from assistant.papers.readers.fields import paper_or_reason
from assistant.papers.readers.hf_page import titled_abstracts
from assistant.papers.readers.html_page import Page, looks_like_html, parsed_page
from assistant.papers.readers.json_records import hf_api
from assistant.papers.readers.json_text import NotJsonError, decoded
from assistant.papers.record import Record

NAME = "Hugging Face Papers page (HTML)"

_SITE = "https://huggingface.co"


def recognises(document: Document) -> bool:
    """Tell any web page."""
    return looks_like_html(document.start)


def read(document: Document) -> Iterator[Record]:
    """Return the papers in page order."""
    page = parsed_page(document.text())
    carried = [found for text in page.data for found in _papers_in(text)]
    if carried:
        for number, fields in enumerate(carried, start=1):
            yield hf_api.read(fields, document.name, f"no. {number}")
    else:
        yield from _shown(page, document.name)


def _papers_in(text: str) -> Iterator[dict[str, object]]:
    """Return the objects within a JSON text that describe papers, in order."""
    try:
        left = [decoded(text)]
    except NotJsonError:
        return
    while left:
        value = left.pop()
        if isinstance(value, dict) and "title" in value and hf_api.recognises(value):
            yield value
        elif isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            left.extend(reversed(list(inner)))


def _shown(page: Page, source: str) -> Iterator[Record]:
    links_of = {paragraph.text: paragraph.links for paragraph in page.paragraphs}
    found = titled_abstracts(paragraph.text for paragraph in page.paragraphs)
    for number, (title, abstract) in enumerate(found, start=1):
        links = (link if ":" in link else f"{_SITE}{link}" for link in links_of[title])
        ids = [mentioned_arxiv_id(link) for link in links]
        yield paper_or_reason(
            source,
            f"no. {number}",
            title=title,
            abstract=abstract,
            # The last: those before may belong to a picture above the title.
            arxiv_id=next(filter(None, reversed(ids)), None),
        )
