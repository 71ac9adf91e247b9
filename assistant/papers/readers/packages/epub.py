"""Reader of papers in e-books, as offered by journals."""

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from assistant.errors import InputError
from assistant.papers.files.document import Document
from assistant.papers.files.package import is_package_with, open_package, read_part
from assistant.papers.identity.identifiers import find_arxiv_id, find_doi
from assistant.papers.parsing.fields.bibliography_names import bibliography_name
from assistant.papers.parsing.markup.xml_elements import (
    elements_at,
    local_name,
    parse_xml,
    text_at,
    text_of,
)
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.readers.packages.blocks import NO_ABSTRACT, Block, Role, abstract_of, title_of
from assistant.papers.record import Record, Skipped

NAME = "e-book of a paper (.epub)"
EXTENSIONS = (".epub",)
RECOGNISED_BY = "a zip with `META-INF/container.xml`"
READS = (
    "title, authors, date, publisher, keywords and DOI of its metadata; abstract (by its heading)"
)

_CONTAINER = "META-INF/container.xml"
# The abstract is in one of the first files.
_MAX_FILES = 5
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "li", "blockquote", "td", "div")


def recognises(document: Document) -> bool:
    """Return whether the file is an e-book."""
    return is_package_with(document, _CONTAINER)


def read(document: Document) -> Iterator[Record]:
    """Yield the record of the paper."""
    with open_package(document) as package:
        yield _record(package, document.name)


def _record(package: zipfile.ZipFile, source: str) -> Record:
    container = parse_xml(read_part(package, _CONTAINER))
    rootfile = next(elements_at(container, "rootfiles", "rootfile"), Element("rootfile"))
    place = rootfile.get("full-path", "")
    opf = parse_xml(read_part(package, place))
    metadata = next(elements_at(opf, "metadata"), Element("metadata"))
    blocks = [block for name in _files(opf, place) for block in _blocks(read_part(package, name))]
    abstract = abstract_of(blocks)
    if not abstract:
        return Skipped(source, NO_ABSTRACT, "the first files")
    identifiers = " ".join(_texts(metadata, "identifier") + _texts(metadata, "source"))
    return make_record(
        source,
        "the book",
        title=text_at(metadata, "title") or title_of(blocks),
        abstract=abstract,
        authors=map(bibliography_name, _texts(metadata, "creator")),
        year=text_at(metadata, "date"),
        doi=find_doi(identifiers),
        arxiv_id=find_arxiv_id(identifiers),
        published=text_at(metadata, "date"),
        publisher=text_at(metadata, "publisher"),
        keywords=_texts(metadata, "subject"),
        language=text_at(metadata, "language"),
    )


def _files(opf: Element, place: str) -> list[str]:
    """Return the names of the first files in reading order."""
    addresses = {
        item.get("id", ""): item.get("href", "") for item in elements_at(opf, "manifest", "item")
    }
    references = [item.get("idref", "") for item in elements_at(opf, "spine", "itemref")]
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(addresses[name])))
        for name in references[:_MAX_FILES]
        if name in addresses
    ]


def _blocks(data: bytes) -> Iterator[Block]:
    """Yield the blocks of a file; none if it is not well-formed XML, as EPUB requires."""
    if not data:
        return
    try:
        root = parse_xml(data)
    except InputError:
        return
    for element in root.iter():
        name = local_name(element)
        # Only innermost blocks have text of their own.
        is_block = name in _BLOCKS and not any(
            local_name(inner) in _BLOCKS for inner in element.iter() if inner is not element
        )
        text = one_line(text_of(element)) if is_block else ""
        if text:
            role: Role = "heading" if name in _HEADINGS else "text"
            yield Block(text, role)


def _texts(metadata: Element, name: str) -> list[str]:
    return [text_of(one) for one in elements_at(metadata, name)]
