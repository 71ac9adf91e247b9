"""Reader of OAI-PMH, the protocol for harvesting repositories and arXiv."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.names import Name
from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.fields.publication_types import type_of
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
from assistant.papers.readers.xml_formats.jats import record_of_jats
from assistant.papers.readers.xml_formats.mods import record_of_mods
from assistant.papers.record import Record, Skipped

NAME = "OAI-PMH (Dublin Core, arXiv, MODS, JATS)"
EXTENSIONS = (".xml",)
RECOGNISED_BY = "a root `OAI-PMH`, or `dc` for a single record"
READS = "all fields that the metadata format has"

_DELETED = "a deleted record"
# A description that begins with one of these is not the abstract.
_NO_ABSTRACT = ("comment:", "comments:", "note:", "peer reviewed", "international audience")


def recognises(document: Document) -> bool:
    """Return whether the root element is a response of the protocol, or Dublin Core."""
    return root_name(document.start) in ("OAI-PMH", "dc")


def read(document: Document) -> Iterator[Record]:
    """Yield a record per harvested record."""
    if root_name(document.start) == "dc":
        for element in iter_elements(document, "dc"):
            yield _dublin_core(element, document.name, "the record")
        return
    for number, record in enumerate(iter_elements(document, "record"), start=1):
        where = text_at(record, "header", "identifier") or f"record {number}"
        metadata = next((one for place in elements_at(record, "metadata") for one in place), None)
        if metadata is None:
            yield Skipped(document.name, _DELETED, where)
        elif read_metadata := _FORMATS.get(local_name(metadata)):
            yield read_metadata(metadata, document.name, where)
        else:
            reason = f"metadata in the format {local_name(metadata)}; harvest oai_dc"
            yield Skipped(document.name, reason, where)


def _dublin_core(element: Element, source: str, where: str) -> Record:
    identifiers = _texts(element, "identifier")
    descriptions = [
        text
        for text in _texts(element, "description")
        if not text.casefold().startswith(_NO_ABSTRACT)
    ]
    dates = _texts(element, "date")
    return make_record(
        source,
        where,
        title=text_at(element, "title"),
        # Repositories also put notes on files and funding into descriptions.
        abstract=max(descriptions, key=len, default=""),
        authors=map(bibliography_name, _texts(element, "creator")),
        year=min(dates, default=""),
        url=next((one for one in identifiers if one.startswith("http")), None),
        doi=next(
            (one for one in identifiers if "10." in one and "arxiv" not in one.casefold()), None
        ),
        arxiv_id=next((one for one in identifiers if "arxiv" in one.casefold()), None),
        type=next(filter(None, map(_type, _texts(element, "type"))), None),
        published=min(dates, default=""),
        publisher=text_at(element, "publisher"),
        keywords=_texts(element, "subject"),
        language=text_at(element, "language"),
        editors=map(bibliography_name, _texts(element, "contributor.editor")),
    )


def _type(text: str) -> str | None:
    """Return the type for a term such as ``info:eu-repo/semantics/article``."""
    return type_of(text.rpartition("/")[2])


def _arxiv(element: Element, source: str, where: str) -> Record:
    names: list[str | Name] = [
        Name(
            family=clean_text(text_at(author, "keyname")),
            given=clean_text(text_at(author, "forenames")),
            suffix=clean_text(text_at(author, "suffix")),
        )
        for author in elements_at(element, "authors", "author")
    ]
    dates = sorted(_texts(element, "created")) or [
        text_at(version, "date") for version in elements_at(element, "version")
    ]
    return make_record(
        source,
        where,
        title=text_at(element, "title"),
        abstract=text_at(element, "abstract"),
        authors=names or text_at(element, "authors").replace(" and ", ", ").split(", "),
        year=next(iter(dates), None),
        doi=text_at(element, "doi"),
        arxiv_id=text_at(element, "id"),
        type="preprint",
        published=next(iter(dates), None),
        keywords=text_at(element, "categories").split(),
    )


def _texts(element: Element, name: str) -> list[str]:
    return list(filter(None, (text_of(found) for found in elements_at(element, name))))


_FORMATS: dict[str, Callable[[Element, str, str], Record]] = {
    "dc": _dublin_core,
    "arXiv": _arxiv,
    "arXivRaw": _arxiv,
    "mods": record_of_mods,
    "article": record_of_jats,
}
