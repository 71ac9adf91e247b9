"""Reader of MODS, a format used by libraries, repositories and the ACL Anthology."""

from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.names import Name
from assistant.papers.parsing.fields.publication_types import type_of
from assistant.papers.parsing.fields.titles import with_subtitle
from assistant.papers.parsing.markup.xml_elements import (
    elements_at,
    iter_elements,
    root_name,
    text_at,
    text_of,
)
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import clean_text
from assistant.papers.record import Record

NAME = "MODS"
EXTENSIONS = (".xml", ".mods")
RECOGNISED_BY = "a root `mods` or `modsCollection`"
READS = "all fields"

_AUTHORS = ("author", "aut", "creator", "cre", "")
_EDITORS = ("editor", "edt")
_FAMILY, _GIVEN, _SUFFIX, _DATE = "family", "given", "termsOfAddress", "date"


def recognises(document: Document) -> bool:
    """Return whether the root element is one of MODS."""
    return root_name(document.start) in ("mods", "modsCollection")


def read(document: Document) -> Iterator[Record]:
    """Yield a record per item."""
    for number, item in enumerate(iter_elements(document, "mods"), start=1):
        yield record_of_mods(item, document.name, item.get("ID") or f"item {number}")


def record_of_mods(item: Element, source: str, where: str) -> Record:
    """Return the paper that a MODS element describes, or why there is none."""
    host = next(
        (one for one in elements_at(item, "relatedItem") if one.get("type") == "host"),
        Element("relatedItem"),
    )
    part = next(chain(elements_at(item, "part"), elements_at(host, "part")), Element("part"))
    ids = {
        (one.get("type") or "").casefold(): text_of(one)
        for place in (host, item)
        for one in elements_at(place, "identifier")
    }
    date = _date(item) or _date(host) or text_at(part, "date")
    return make_record(
        source,
        where,
        title=_title(item),
        abstract=text_at(item, "abstract"),
        authors=_names(item, _AUTHORS),
        year=date,
        url=_address(item) or ids.get("uri"),
        doi=ids.get("doi"),
        arxiv_id=ids.get("arxiv"),
        type=_type(item, host),
        venue=_title(host),
        published=date,
        volume=_detail(part, "volume"),
        issue=_detail(part, "issue") or _detail(part, "number"),
        pages=_pages(part),
        publisher=text_at(item, "originInfo", "publisher")
        or text_at(host, "originInfo", "publisher"),
        keywords=map(text_of, elements_at(item, "subject", "topic")),
        citation_key=ids.get("citekey") or item.get("ID"),
        language=text_at(item, "language", "languageTerm"),
        editors=[*_names(item, _EDITORS), *_names(host, _EDITORS)],
        ids={kind: ids.get(kind, "") for kind in ("isbn", "issn", "pmid", "pmcid")},
    )


def _title(item: Element) -> str:
    titles = list(elements_at(item, "titleInfo"))
    # Titles with a type are abbreviated, translated or alternative.
    plain = [one for one in titles if not one.get("type")] or titles
    for title in plain[:1]:
        names = ("nonSort", "title", "partNumber", "partName")
        words = " ".join(filter(None, (text_at(title, name) for name in names)))
        return with_subtitle(words, text_at(title, "subTitle"))
    return ""


def _names(item: Element, roles: tuple[str, ...]) -> Iterator[str | Name]:
    for element in elements_at(item, "name"):
        found = {text_of(role).casefold() for role in elements_at(element, "role", "roleTerm")}
        name = _name(element)
        if name and (found or {""}) & set(roles):
            yield name


def _name(element: Element) -> str | Name | None:
    parts: dict[str, list[str]] = {}
    for part in elements_at(element, "namePart"):
        parts.setdefault(part.get("type") or "", []).append(clean_text(text_of(part)))
    parts.pop(_DATE, None)
    if parts.get(_FAMILY):
        return Name(
            family=" ".join(parts[_FAMILY]),
            given=" ".join(parts.get(_GIVEN, ())),
            suffix=" ".join(parts.get(_SUFFIX, ())),
        )
    whole = " ".join(parts.get("", ())) or clean_text(text_at(element, "displayForm"))
    if element.get("type") == "corporate":
        return Name(literal=whole) if whole else None
    return Name.from_inverted(whole) if "," in whole else whole or None


def _type(item: Element, host: Element) -> str | None:
    genres = [text_of(one) for one in elements_at(item, "genre")]
    known = next(filter(None, map(type_of, genres)), None)
    if known is not None:
        return known
    of_host = " ".join(text_of(one) for one in elements_at(host, "genre")).casefold()
    if "conference" in of_host or "proceedings" in of_host:
        return "inproceedings"
    is_journal = (
        "journal" in of_host
        or "periodical" in of_host
        or text_at(host, "originInfo", "issuance") == "continuing"
    )
    return "article" if is_journal else "book" if "book" in of_host else None


def _date(item: Element) -> str:
    names = ("dateIssued", "copyrightDate", "dateCreated")
    return next(filter(None, (text_at(item, "originInfo", name) for name in names)), "")


def _detail(part: Element, kind: str) -> str:
    details = (one for one in elements_at(part, "detail") if one.get("type") == kind)
    return next((text_at(one, "number") for one in details), "")


def _pages(part: Element) -> str:
    for extent in elements_at(part, "extent"):
        if (extent.get("unit") or "page").startswith("page"):
            ends = dict.fromkeys((text_at(extent, "start"), text_at(extent, "end")))
            return "-".join(filter(None, ends)) or text_at(extent, "list")
    return _detail(part, "page")


def _address(item: Element) -> str:
    return text_at(item, "location", "url")
