"""Reader of Hugging Face Papers pages saved as HTML, and of pages with a similar layout.

The original pages embed their papers as JSON, with authors and dates. Without it, the visible text
is read like a page saved as text.
"""

from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_arxiv_id
from assistant.papers.paper import Paper
from assistant.papers.parsing.json_text import InvalidJsonError, decode_json
from assistant.papers.parsing.markup.html_page import Page, looks_like_html, parse_page
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.hf_page import is_page_of_papers, title_abstract_pairs
from assistant.papers.readers.json_records import hf_api
from assistant.papers.record import Record

NAME = "Hugging Face Papers page (HTML)"
EXTENSIONS = (".html", ".htm")
RECOGNISED_BY = "any other web page"
READS = (
    "the papers in the page's embedded data: title, abstract, authors, year, arXiv id; "
    "without such data, the papers that it shows: title, abstract, arXiv id"
)

_SITE = "https://huggingface.co"


def recognises(document: Document) -> bool:
    """Return whether the document is a web page."""
    return looks_like_html(document.start)


def read(document: Document) -> Iterator[Record]:
    """Yield the papers in page order.

    The visible text is read if there is evidence that it lists papers: the same as for a page saved
    as text, or links to papers.
    """
    page = parse_page(document.text())
    embedded = [found for text in page.data for found in _embedded_papers(text)]
    for number, fields in enumerate(embedded, start=1):
        yield hf_api.read(fields, document.name, f"no. {number}")
    if embedded:
        return
    papers = list(_visible_papers(page, document.name))
    has_links = any(isinstance(paper, Paper) and paper.arxiv_id for paper in papers)
    if has_links or is_page_of_papers(paragraph.text for paragraph in page.paragraphs):
        yield from papers


def read_visible(document: Document) -> Iterator[Record]:
    """Yield the papers that a page may list, without requiring evidence."""
    yield from _visible_papers(parse_page(document.text()), document.name)


def _embedded_papers(text: str) -> Iterator[dict[str, object]]:
    """Yield the objects nested in a JSON text that describe papers, in order."""
    try:
        pending = [decode_json(text)]
    except InvalidJsonError:
        return
    while pending:
        value = pending.pop()
        if isinstance(value, dict) and "title" in value and hf_api.recognises(value):
            yield value
        elif isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            pending.extend(reversed(list(inner)))


def _visible_papers(page: Page, source: str) -> Iterator[Record]:
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
            # Earlier links may belong to an image above the title.
            arxiv_id=next(filter(None, reversed(ids)), None),
        )
