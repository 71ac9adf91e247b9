"""Reader of a paper's web page with ``citation_*`` meta tags, such as an arXiv abstract page.

Google Scholar introduced these tags; most publishers and repositories use them.
"""

from collections.abc import Iterator

from assistant.papers.document import Document
from assistant.papers.parsing.author_names import natural_name
from assistant.papers.parsing.html_page import Page, looks_like_html, parse_page
from assistant.papers.parsing.records import make_record
from assistant.papers.record import Record

NAME = "arXiv abstract page, or another page with citation_ meta tags (HTML)"

_ABSTRACTS = ("citation_abstract", "dc.description", "dcterms.abstract", "og:description")
_YEARS = ("citation_date", "citation_publication_date", "citation_online_date", "citation_year")
_ADDRESSES = ("citation_abstract_html_url", "og:url", "citation_public_url", "citation_pdf_url")


def recognises(document: Document) -> bool:
    """Return whether the page has the meta tag of a title."""
    return looks_like_html(document.start) and "citation_title" in document.start


def read(document: Document) -> Iterator[Record]:
    """Yield the record of the page."""
    page = parse_page(document.text())
    yield make_record(
        document.name,
        "the page",
        title=_first(page, "citation_title"),
        abstract=_first(page, *_ABSTRACTS),
        authors=[natural_name(value) for name, value in page.meta if name == "citation_author"],
        year=_first(page, *_YEARS),
        url=_first(page, *_ADDRESSES),
        doi=_first(page, "citation_doi"),
        arxiv_id=_first(page, "citation_arxiv_id"),
    )


def _first(page: Page, *names: str) -> str:
    values = (value for wanted in names for name, value in page.meta if name == wanted)
    return next(filter(None, values), "")
