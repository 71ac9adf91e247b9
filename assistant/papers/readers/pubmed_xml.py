"""Reader of PubMed XML, as exported by the website and returned by the API."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.names import Name
from assistant.papers.parsing.fields.titles import without_brackets
from assistant.papers.parsing.markup.xml_elements import (
    elements_at,
    iter_elements,
    local_name,
    text_at,
    text_of,
)
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.record import Record

NAME = "PubMed XML"
EXTENSIONS = (".xml",)
RECOGNISED_BY = "a `PubmedArticle`"
READS = "all fields; a structured abstract with the labels of its sections"

_ARTICLE, _BOOK_ARTICLE = "PubmedArticle", "PubmedBookArticle"
# Labels of unstructured abstracts.
_NO_LABELS = frozenset(("unlabelled", "unassigned", "abstract"))
_KEYWORDS = (("KeywordList", "Keyword"), ("MeshHeadingList", "MeshHeading", "DescriptorName"))
_PLAIN_SUMMARY = "plain-language-summary"


def recognises(document: Document) -> bool:
    """Return whether the document contains a PubMed article or chapter."""
    return f"<{_ARTICLE}" in document.start or f"<{_BOOK_ARTICLE}" in document.start


def read(document: Document) -> Iterator[Record]:
    """Yield a record per article. The parts of a structured abstract are preceded by labels."""
    for element in iter_elements(document, _ARTICLE, _BOOK_ARTICLE):
        if local_name(element) == _BOOK_ARTICLE:
            yield from _chapters(element, document.name)
        else:
            yield from _articles(element, document.name)


def _articles(element: Element, source: str) -> Iterator[Record]:
    pmid = text_at(element, "MedlineCitation", "PMID")
    for article in elements_at(element, "MedlineCitation", "Article"):
        yield make_record(
            source,
            f"PMID {pmid}",
            title=without_brackets(text_at(article, "ArticleTitle"))
            or text_at(article, "VernacularTitle"),
            abstract=_abstract(article) or _other_abstract(element),
            authors=map(_name, elements_at(article, "AuthorList", "Author")),
            year=text_at(article, "Journal", "JournalIssue", "PubDate"),
            url=_address(pmid),
            doi=_doi(element, article),
            type="article",
            venue=text_at(article, "Journal", "Title"),
            published=_date(article, "Journal", "JournalIssue", "PubDate"),
            volume=text_at(article, "Journal", "JournalIssue", "Volume"),
            issue=text_at(article, "Journal", "JournalIssue", "Issue"),
            pages=text_at(article, "Pagination", "MedlinePgn"),
            keywords=[
                text_of(one)
                for path in _KEYWORDS
                for one in elements_at(element, "MedlineCitation", *path)
            ],
            language=text_at(article, "Language"),
            ids={
                "pmid": pmid,
                "pmcid": _id(element, "pmc"),
                "issn": text_at(article, "Journal", "ISSN"),
            },
        )


def _chapters(element: Element, source: str) -> Iterator[Record]:
    for chapter in elements_at(element, "BookDocument"):
        pmid = text_at(chapter, "PMID")
        book = text_at(chapter, "Book", "BookTitle")
        title = without_brackets(text_at(chapter, "ArticleTitle"))
        yield make_record(
            source,
            f"PMID {pmid}",
            title=title or book,
            abstract=_abstract(chapter),
            authors=list(map(_name, elements_at(chapter, "AuthorList", "Author")))
            or _names_of_book(chapter, are_editors=False),
            year=text_at(chapter, "ContributionDate") or text_at(chapter, "Book", "PubDate"),
            url=_address(pmid),
            type="book",
            venue=book if title else None,
            published=_date(chapter, "ContributionDate") or _date(chapter, "Book", "PubDate"),
            publisher=text_at(chapter, "Book", "Publisher", "PublisherName"),
            language=text_at(chapter, "Language"),
            editors=_names_of_book(chapter, are_editors=True),
            ids={"pmid": pmid, "isbn": text_at(chapter, "Book", "Isbn")},
        )


def _names_of_book(chapter: Element, *, are_editors: bool) -> list[str | Name]:
    return [
        _name(author)
        for authors in elements_at(chapter, "Book", "AuthorList")
        if (authors.get("Type") == "editors") == are_editors
        for author in elements_at(authors, "Author")
    ]


def _address(pmid: str) -> str | None:
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else None


def _abstract(element: Element) -> str:
    return " ".join(map(_abstract_part, elements_at(element, "Abstract", "AbstractText")))


def _other_abstract(element: Element) -> str:
    """Return an abstract in another language, or else a summary for laypersons."""
    others = sorted(
        elements_at(element, "MedlineCitation", "OtherAbstract"),
        key=lambda other: (other.get("Type") == _PLAIN_SUMMARY, other.get("Language") != "eng"),
    )
    texts = (" ".join(map(_abstract_part, elements_at(one, "AbstractText"))) for one in others)
    return next(filter(None, texts), "")


def _abstract_part(element: Element) -> str:
    text = text_of(element)
    label = element.get("Label", "")
    return f"{label}: {text}" if text and label and label.casefold() not in _NO_LABELS else text


def _name(author: Element) -> str | Name:
    family = text_at(author, "LastName")
    if not family:
        return Name(literal=clean_text(text_at(author, "CollectiveName")))
    given = text_at(author, "ForeName") or text_at(author, "Initials")
    parts = {"family": family, "given": given, "suffix": text_at(author, "Suffix")}
    return Name(**{part: clean_text(text) for part, text in parts.items()})


def _date(article: Element, *date: str) -> str:
    parts = (text_at(article, *date, part) for part in ("Year", "Month", "Day"))
    return " ".join(filter(None, parts)) or text_at(article, *date, "MedlineDate")


def _id(element: Element, kind: str) -> str:
    ids = elements_at(element, "PubmedData", "ArticleIdList", "ArticleId")
    return next((text_of(one) for one in ids if one.get("IdType") == kind), "")


def _doi(element: Element, article: Element) -> str | None:
    ids = [
        *elements_at(article, "ELocationID"),
        *elements_at(element, "PubmedData", "ArticleIdList", "ArticleId"),
    ]
    return next((one.text for one in ids if "doi" in (one.get("EIdType"), one.get("IdType"))), None)
