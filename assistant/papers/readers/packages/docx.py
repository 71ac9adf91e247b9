"""Reader of papers in Word documents."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.papers.files.document import Document
from assistant.papers.files.package import is_package_with, open_package, read_part
from assistant.papers.identity.identifiers import find_arxiv_id, find_doi
from assistant.papers.parsing.fields.author_names import split_authors
from assistant.papers.parsing.markup.xml_elements import elements_at, local_name, parse_xml
from assistant.papers.parsing.records import make_record
from assistant.papers.parsing.text_cleaning import one_line
from assistant.papers.readers.packages.blocks import (
    NO_ABSTRACT,
    NO_TITLE,
    Block,
    Role,
    abstract_of,
    title_of,
)
from assistant.papers.record import Record, Skipped

NAME = "Word document of a paper (.docx)"
EXTENSIONS = (".docx",)
RECOGNISED_BY = "a zip with `word/document.xml`"
READS = (
    "title (by its style, else the first paragraph), authors (by their style), abstract (by its "
    "style or heading), DOI and arXiv id before it"
)

_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The abstract is on the first pages.
_MAX_PARAGRAPHS = 200


def recognises(document: Document) -> bool:
    """Return whether the file is a Word document."""
    return is_package_with(document, _BODY)


def read(document: Document) -> Iterator[Record]:
    """Yield the record of the paper."""
    with open_package(document) as package:
        styles = _style_names(read_part(package, _STYLES))
        blocks = list(_blocks(parse_xml(read_part(package, _BODY)), styles))
    title, abstract = title_of(blocks), abstract_of(blocks)
    if not abstract or not title:
        yield Skipped(document.name, NO_TITLE if abstract else NO_ABSTRACT, "page 1")
        return
    texts = [block.text for block in blocks]
    before = " ".join(texts[: next((at for at, text in enumerate(texts) if text in abstract), 0)])
    authors = ", ".join(block.text for block in blocks if block.role == "authors")
    yield make_record(
        document.name,
        "page 1",
        title=title,
        abstract=abstract,
        authors=split_authors(authors),
        doi=find_doi(before),
        arxiv_id=find_arxiv_id(before),
    )


def _style_names(data: bytes) -> dict[str, str]:
    """Return the names of the styles by id. Built-in styles have English names."""
    if not data:
        return {}
    return {
        style.get(f"{_WORD}styleId", ""): name.get(f"{_WORD}val", "").casefold()
        for style in elements_at(parse_xml(data), "style")
        for name in elements_at(style, "name")
    }


def _blocks(root: Element, styles: dict[str, str]) -> Iterator[Block]:
    count = 0
    for element in root.iter(f"{_WORD}p"):
        text = one_line("".join(_texts(element)))
        if not text:
            continue
        style = next(
            (one.get(f"{_WORD}val", "") for one in elements_at(element, "pPr", "pStyle")), ""
        )
        yield Block(text, _role(styles.get(style, style.casefold())))
        count += 1
        if count == _MAX_PARAGRAPHS:
            return


def _texts(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        if local_name(element) == "t":
            yield element.text or ""
        elif local_name(element) in ("tab", "br", "cr"):
            yield " "


def _role(style: str) -> Role:
    if "abstract" in style:
        return "abstract"
    if "title" in style and "subtitle" not in style:
        return "title"
    if "author" in style:
        return "authors"
    return "heading" if "heading" in style else "text"
