"""Reader of JATS, the XML format of full articles in journals and PubMed Central (.nxml)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.names import Name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.titles import with_subtitle
from assistant.papers.parsing.markup.xml_elements import (
    elements_at,
    iter_elements,
    local_name,
    root_name,
    text_at,
    text_of,
)
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.record import Record

NAME = "JATS (journal articles, PubMed Central)"
EXTENSIONS = (".nxml", ".xml")
RECOGNISED_BY = "a root `article` or `pmc-articleset` with `article-meta`"
READS = "all fields of the front matter; a structured abstract with the headings of its sections"

# Kinds of abstracts that do not summarise the article, or not for its usual readers.
_OTHER_ABSTRACTS = frozenset(
    "teaser graphical toc short executive-summary key-points author-highlights summary "
    "plain-language-summary web-summary editor-summary precis".split()
)


def recognises(document: Document) -> bool:
    """Return whether the document contains an article with metadata."""
    root = root_name(document.start)
    return root in ("article", "pmc-articleset", "response") and "article-meta" in document.start


def read(document: Document) -> Iterator[Record]:
    """Yield a record per article. The body of an article is ignored."""
    for number, article in enumerate(iter_elements(document, "article"), start=1):
        yield record_of_jats(article, document.name, f"article {number}")


def record_of_jats(article: Element, source: str, where: str) -> Record:
    """Return the paper that an article element describes, or why there is none."""
    meta = next(elements_at(article, "front", "article-meta"), Element("article-meta"))
    journal = next(elements_at(article, "front", "journal-meta"), Element("journal-meta"))
    ids = {one.get("pub-id-type"): text_of(one) for one in elements_at(meta, "article-id")}
    pmcid = (ids.get("pmcid") or ids.get("pmc") or "").removeprefix("PMC")
    date = _date(meta)
    venue = next(filter(None, (text_of(one) for one in _titles_of(journal))), "")
    return make_record(
        source,
        where,
        title=_title(meta),
        abstract=_abstract(meta),
        authors=_names(meta, "author"),
        year=date[:4],
        doi=ids.get("doi"),
        arxiv_id=ids.get("arxiv"),
        type=type_of(article.get("article-type")) or ("article" if venue else None),
        venue=venue,
        published=date,
        volume=text_at(meta, "volume"),
        issue=text_at(meta, "issue"),
        pages=_pages(meta),
        publisher=text_at(journal, "publisher", "publisher-name"),
        keywords=map(text_of, elements_at(meta, "kwd-group", "kwd")),
        language=article.get("{http://www.w3.org/XML/1998/namespace}lang"),
        editors=_names(meta, "editor"),
        ids={
            "pmid": ids.get("pmid", ""),
            "pmcid": f"PMC{pmcid}" if pmcid else "",
            "issn": text_at(journal, "issn"),
        },
    )


def _titles_of(journal: Element) -> Iterator[Element]:
    yield from elements_at(journal, "journal-title-group", "journal-title")
    yield from elements_at(journal, "journal-title")
    yield from elements_at(journal, "journal-id")


def _title(meta: Element) -> str:
    for group in elements_at(meta, "title-group"):
        for title in elements_at(group, "article-title"):
            for note in [one for one in title if local_name(one) in ("xref", "fn")]:
                _remove_keeping_tail(title, note)
            subtitle = text_at(group, "subtitle")
            return with_subtitle(text_of(title), subtitle)
    return ""


def _remove_keeping_tail(parent: Element, child: Element) -> None:
    before = list(parent).index(child) - 1
    if before < 0:
        parent.text = (parent.text or "") + (child.tail or "")
    else:
        parent[before].tail = (parent[before].tail or "") + (child.tail or "")
    parent.remove(child)


def _abstract(meta: Element) -> str:
    for abstract in elements_at(meta, "abstract"):
        if (abstract.get("abstract-type") or "") not in _OTHER_ABSTRACTS:
            return " ".join(filter(None, map(_section, abstract)))
    return ""


def _section(element: Element) -> str:
    """Return the text of a paragraph, or of a section with its title as the label."""
    if local_name(element) != "sec":
        is_heading = local_name(element) in ("title", "label")
        text = text_of(element)
        return "" if is_heading and text.casefold() in ("abstract", "summary") else text
    label = text_at(element, "title").rstrip(":. ")
    parts = (_section(one) for one in element if local_name(one) != "title")
    text = " ".join(filter(None, parts))
    return f"{label}: {text}" if label and text else text


def _names(meta: Element, role: str) -> Iterator[str | Name]:
    for group in elements_at(meta, "contrib-group"):
        for contributor in elements_at(group, "contrib"):
            kind = contributor.get("contrib-type") or group.get("content-type") or "author"
            if kind.rstrip("s") == role and (name := _name(contributor)):
                yield name


def _name(contributor: Element) -> str | Name | None:
    names = [
        *elements_at(contributor, "name"),
        *elements_at(contributor, "name-alternatives", "name"),
    ]
    for name in names[:1]:
        parts = {
            "given": text_at(name, "given-names"),
            "family": text_at(name, "surname"),
            "particle": text_at(name, "prefix") if text_at(name, "prefix").islower() else "",
            "suffix": text_at(name, "suffix"),
        }
        return Name(**{part: clean_text(text) for part, text in parts.items()})
    collaboration = next(elements_at(contributor, "collab"), None)
    if collaboration is not None:
        # The element may also list the members.
        whole = text_at(collaboration, "institution") or (collaboration.text or "")
        return Name(literal=clean_text(whole)) if whole.strip() else None
    return text_at(contributor, "string-name") or None


def _pages(meta: Element) -> str:
    first, last = text_at(meta, "fpage"), text_at(meta, "lpage")
    pages = first if first == last else "-".join(filter(None, (first, last)))
    return pages or text_at(meta, "elocation-id")


def _date(meta: Element) -> str:
    """Return the earliest date of publication, in ISO form, as far as known."""
    dates = []
    for date in elements_at(meta, "pub-date"):
        parts = [text_at(date, part) for part in ("year", "month", "day")]
        known = parts[: next((at for at, part in enumerate(parts) if not part.isdecimal()), 3)]
        if known:
            dates.append("-".join(part.zfill(2) for part in known))
    # "2021" is not earlier than "2021-03"; the longer date is more specific.
    year = min((date[:4] for date in dates), default="")
    return min((date for date in dates if date.startswith(year) and len(date) > 4), default=year)
