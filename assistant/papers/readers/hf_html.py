"""Reader of a Hugging Face Papers page saved as HTML, and of any page set like one.

Such a page carries its papers as data too, with authors and dates, where it has not been cleaned of
that; what it shows is read like the page's text.
"""

from collections.abc import Iterator

from assistant.papers.document import Document
from assistant.papers.identifiers import find_arxiv_id
from assistant.papers.parsing.html_page import Page, looks_like_html, parse_page
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.hf_page import title_abstract_pairs
from assistant.papers.readers.json_records import hf_api
from assistant.papers.record import Record

NAME = "Hugging Face Papers page (HTML)"

_SITE = "https://huggingface.co"


def recognises(document: Document) -> bool:
    """Tell any web page."""
    return looks_like_html(document.start)


def read(document: Document) -> Iterator[Record]:
    """Return the papers in page order."""
    page = parse_page(document.text())
    carried = [found for text in page.data for found in _papers_in(text)]
    if carried:
        for number, fields in enumerate(carried, start=1):
            yield hf_api.read(fields, document.name, f"no. {number}")
    else:
        yield from _shown(page, document.name)


def _papers_in(text: str) -> Iterator[dict[str, object]]:
    """Return the objects within a JSON text that describe papers, in order."""
    try:
        left = [decode_json(text)]
    except InvalidJsonError:
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
    found = title_abstract_pairs(paragraph.text for paragraph in page.paragraphs)
    for number, (title, abstract) in enumerate(found, start=1):
        links = (link if ":" in link else f"{_SITE}{link}" for link in links_of[title])
        ids = [find_arxiv_id(link) for link in links]
        yield make_record(
            source,
            f"no. {number}",
            title=title,
            abstract=abstract,
            # The last: those before may belong to a picture above the title.
            arxiv_id=next(filter(None, reversed(ids)), None),
        )
