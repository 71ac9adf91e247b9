"""Reader of a paper's web page with ``citation_*`` meta tags, such as an arXiv abstract page.

Google Scholar introduced these tags; most publishers and repositories use them.
"""

from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.parsing.fields.author_names import natural_name
from assistant.papers.parsing.fields.detail_columns import split_keywords
from assistant.papers.parsing.html_page import Page, looks_like_html, parse_page
from assistant.papers.parsing.records import make_record
from assistant.papers.record import Record

NAME = "arXiv abstract page, or another page with citation_ meta tags (HTML)"
EXTENSIONS = (".html", ".htm")
RECOGNISED_BY = "a `citation_title`"
READS = "all fields, from the tags that Google Scholar reads"

_ABSTRACTS = ("citation_abstract", "dc.description", "dcterms.abstract", "og:description")
_YEARS = ("citation_date", "citation_publication_date", "citation_online_date", "citation_year")
_VENUES = (
    "citation_journal_title",
    "citation_conference_title",
    "citation_conference",
    "citation_inbook_title",
    "citation_book_title",
)
_PUBLISHERS = (
    "citation_publisher",
    "citation_dissertation_institution",
    "citation_technical_report_institution",
)
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
        type=_type(page),
        venue=_first(page, *_VENUES),
        published=_first(page, *_YEARS),
        volume=_first(page, "citation_volume"),
        issue=_first(page, "citation_issue"),
        pages="-".join(
            filter(None, (_first(page, "citation_firstpage"), _first(page, "citation_lastpage")))
        ),
        publisher=_first(page, *_PUBLISHERS),
        keywords=[
            word
            for name, value in page.meta
            if name == "citation_keywords"
            for word in split_keywords(value)
        ],
        language=_first(page, "citation_language"),
        ids={
            "pmid": _first(page, "citation_pmid"),
            "isbn": _first(page, "citation_isbn"),
            "issn": _first(page, "citation_issn"),
        },
    )


def _type(page: Page) -> str | None:
    if _first(page, "citation_journal_title"):
        return "article"
    if _first(page, "citation_conference_title", "citation_conference"):
        return "inproceedings"
    if _first(page, "citation_dissertation_institution"):
        return "thesis"
    if _first(page, "citation_technical_report_institution"):
        return "report"
    return "preprint" if _first(page, "citation_arxiv_id") else None


def _first(page: Page, *names: str) -> str:
    values = (value for wanted in names for name, value in page.meta if name == wanted)
    return next(filter(None, values), "")
