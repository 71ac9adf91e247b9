"""Reader of PubMed XML, as exported by the website and returned by the API."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.xml_elements import elements_at, iter_elements, text_at, text_of
from assistant.papers.record import Record

NAME = "PubMed XML"

_ARTICLE = "PubmedArticle"


def recognises(document: Document) -> bool:
    """Return whether there is a PubMed article."""
    return f"<{_ARTICLE}" in document.start


def read(document: Document) -> Iterator[Record]:
    """Yield a record per article. The parts of a structured abstract are preceded by labels."""
    for element in iter_elements(document, _ARTICLE):
        pmid = text_at(element, "MedlineCitation", "PMID")
        for article in elements_at(element, "MedlineCitation", "Article"):
            yield make_record(
                document.name,
                f"PMID {pmid}",
                title=text_at(article, "ArticleTitle"),
                abstract=" ".join(
                    map(_abstract_part, elements_at(article, "Abstract", "AbstractText"))
                ),
                authors=map(_name, elements_at(article, "AuthorList", "Author")),
                year=text_at(article, "Journal", "JournalIssue", "PubDate"),
                url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else None,
                doi=_doi(element, article),
                type="article",
                venue=text_at(article, "Journal", "Title"),
                published=_date(article),
                volume=text_at(article, "Journal", "JournalIssue", "Volume"),
                issue=text_at(article, "Journal", "JournalIssue", "Issue"),
                pages=text_at(article, "Pagination", "MedlinePgn"),
                keywords=map(
                    text_of, elements_at(element, "MedlineCitation", "KeywordList", "Keyword")
                ),
                language=text_at(article, "Language"),
                ids={"pmid": pmid, "pmcid": _id(element, "pmc")},
            )


def _abstract_part(element: Element) -> str:
    text = text_of(element)
    label = element.get("Label", "")
    return f"{label}: {text}" if label and text else text


def _name(author: Element) -> str:
    first = text_at(author, "ForeName") or text_at(author, "Initials")
    whole = " ".join(filter(None, (first, text_at(author, "LastName"), text_at(author, "Suffix"))))
    return whole or text_at(author, "CollectiveName")


def _date(article: Element) -> str:
    date = ("Journal", "JournalIssue", "PubDate")
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
