"""Reader of a paper's web page, such as an arXiv abstract page or a publisher's.

Google Scholar introduced the ``citation_*`` meta tags, which most publishers and repositories use.
Others use Dublin Core tags or linked data (JSON-LD).
"""

from collections.abc import Iterator

from assistant.papers.files.document import Document
from assistant.papers.identity.identifiers import find_doi, valid_doi
from assistant.papers.names import Name
from assistant.papers.parsing.fields.author_names import natural_name
from assistant.papers.parsing.fields.detail_columns import split_keywords
from assistant.papers.parsing.fields.name_values import names_of
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.linked_data import scholarly_article
from assistant.papers.parsing.markup.html_page import Page, looks_like_html, parse_page
from assistant.papers.parsing.records import make_record
from assistant.papers.readers.page_abstract import best_abstract
from assistant.papers.record import Record

NAME = "arXiv abstract page, or another web page of a paper (HTML)"
EXTENSIONS = (".html", ".htm")
RECOGNISED_BY = "meta tags with a title (`citation_title`, `dc.title`), or a JSON-LD article"
READS = (
    "all fields, from these tags; the abstract also from the page's own section; a teaser that "
    "ends in an ellipsis or repeats the citation is no abstract"
)

_TITLES = ("citation_title", "dc.title", "dcterms.title", "eprints.title", "prism.title")
_AUTHORS = (
    "citation_author",
    "citation_authors",
    "dc.creator",
    "dc.creator.personalname",
    "dc.contributor.author",
    "dcterms.creator",
    "eprints.creators_name",
)
_ABSTRACTS = (
    "citation_abstract",
    "dcterms.abstract",
    "dc.description.abstract",
    "dc.abstract",
    "eprints.abstract",
)
_DESCRIPTIONS = ("dc.description", "dcterms.description")
_TEASERS = ("og:description", "description", "twitter:description")
_YEARS = (
    "citation_date",
    "citation_publication_date",
    "citation_cover_date",
    "citation_online_date",
    "citation_year",
    "prism.publicationdate",
    "dcterms.issued",
    "dc.date.issued",
    "dc.issued",
    "dc.date",
    "dcterms.date",
    "eprints.date",
)
_VENUES = (
    "citation_journal_title",
    "citation_conference_title",
    "citation_conference",
    "citation_inbook_title",
    "citation_book_title",
    "prism.publicationname",
    "dc.source",
    "dc.relation.ispartof",
)
_PUBLISHERS = (
    "citation_publisher",
    "citation_dissertation_institution",
    "citation_technical_report_institution",
    "dc.publisher",
)
_ADDRESSES = ("citation_abstract_html_url", "og:url", "citation_public_url", "citation_pdf_url")
_DOIS = ("citation_doi", "prism.doi", "dc.identifier.doi", "dc.identifier", "dcterms.identifier")
_KEYWORDS = ("citation_keywords", "citation_keyword", "dc.subject", "prism.keyword")
# Digital Commons prefixes the tag names.
_PREFIX = "bepress_"
_SCHOLARLY_ARTICLE = "scholarlyarticle"


def recognises(document: Document) -> bool:
    """Return whether the page has a meta tag with a title, or linked data about an article."""
    start = document.start.casefold()
    if not looks_like_html(document.start):
        return False
    has_tags = "citation_title" in start or "eprints.title" in start
    # Other pages have Dublin Core titles too, but no authors.
    has_names = any(name in start for name in _AUTHORS) or "doi" in start
    has_dublin_core = ("dc.title" in start or "dcterms.title" in start) and has_names
    return has_tags or has_dublin_core or _SCHOLARLY_ARTICLE in start


def read(document: Document) -> Iterator[Record]:
    """Yield the record of the page."""
    page = parse_page(document.text())
    page.meta = [(name.removeprefix(_PREFIX), value) for name, value in page.meta]
    article = scholarly_article(page.linked_data)
    title = _first(page, *_TITLES) or article.title
    authors = _authors(page) or list(article.authors)
    venue, doi = _first(page, *_VENUES) or article.venue, _doi(page) or article.doi
    yield make_record(
        document.name,
        "the page",
        title=title,
        abstract=best_abstract(
            page,
            stated=[*_all(page, *_ABSTRACTS), article.abstract],
            described=[*_all(page, *_DESCRIPTIONS), article.description],
            teasers=_all(page, *_TEASERS),
            citation=[title, venue, doi, *(form for name in authors for form in _forms(name))],
        ),
        authors=authors,
        year=_first(page, *_YEARS) or article.date,
        url=_first(page, *_ADDRESSES) or article.url,
        doi=doi,
        arxiv_id=_first(page, "citation_arxiv_id"),
        type=_type(page),
        venue=venue,
        published=_first(page, *_YEARS) or article.date,
        volume=_first(page, "citation_volume", "prism.volume"),
        issue=_first(page, "citation_issue", "prism.number"),
        pages=_pages(page),
        publisher=_first(page, *_PUBLISHERS) or article.publisher,
        keywords=[word for text in _all(page, *_KEYWORDS) for word in split_keywords(text)],
        language=_first(page, "citation_language", "dc.language"),
        ids={
            "pmid": _first(page, "citation_pmid"),
            "isbn": _first(page, "citation_isbn"),
            "issn": _first(page, "citation_issn", "prism.issn"),
        },
    )


def _authors(page: Page) -> list[str | Name]:
    """Return the names from the first kind of tag that has any."""
    for wanted in _AUTHORS:
        values = _all(page, wanted)
        if wanted == "citation_authors" or (len(values) == 1 and ";" in values[0]):
            values = [str(name) for value in values for name in names_of(value)]
        if values:
            return [natural_name(value) for value in values]
    return []


def _forms(name: str | Name) -> tuple[str, ...]:
    parts = name if isinstance(name, Name) else Name.from_natural(name)
    return str(name), parts.inverted


def _doi(page: Page) -> str:
    found = (valid_doi(value) or _doi_in_address(value) for value in _all(page, *_DOIS))
    return next(filter(None, found), "")


def _doi_in_address(value: str) -> str | None:
    return find_doi(value) if "doi" in value.casefold() else None


def _pages(page: Page) -> str:
    first = _first(page, "citation_firstpage", "prism.startingpage")
    last = _first(page, "citation_lastpage", "prism.endingpage")
    return "-".join(filter(None, (first, last)))


def _type(page: Page) -> str | None:
    if _first(page, "citation_journal_title"):
        return "article"
    if _first(page, "citation_conference_title", "citation_conference"):
        return "inproceedings"
    if _first(page, "citation_dissertation_institution"):
        return "thesis"
    if _first(page, "citation_technical_report_institution"):
        return "report"
    if _first(page, "citation_arxiv_id"):
        return "preprint"
    return type_of(_first(page, "dc.type"))


def _first(page: Page, *names: str) -> str:
    return next(iter(_all(page, *names)), "")


def _all(page: Page, *names: str) -> list[str]:
    """Return the contents of the tags with these names, in the order of the names."""
    return [
        value for wanted in names for name, value in page.meta if name == wanted and value.strip()
    ]
