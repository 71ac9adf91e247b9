"""Parsing a saved web page into paragraphs, links, meta tags and embedded data."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from assistant.errors import InputError

_MAX_PAGE_CHARACTERS = 30_000_000
_BEGINNING = re.compile(
    r"(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE
)
_HIDDEN_TAGS = {"script", "style", "svg", "noscript", "template", "head", "button"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Blocks that end a button without an end tag. A `div` may be in a button.
_AFTER_BUTTON = _HEADINGS | frozenset(
    "article aside blockquote dl figure footer form header main nav ol p section table ul".split()
)
_VOID_TAGS = frozenset("area base br col embed hr img input link meta source track wbr".split())
_LINKED_DATA = "application/ld+json"
# "Abstracts" marks an element around several of them.
_ABSTRACT = re.compile(r"(?<![a-z])abstract(?!ion|ed|s\b|s-|-?list)", re.IGNORECASE)
# Publishers also call a paper's highlights and graphical summary an abstract.
_OTHER_ABSTRACT = re.compile(
    r"highlight|graphic|visual|video|button|link|toggle|nav", re.IGNORECASE
)
# Tags that do not end a paragraph.
_INLINE_TAGS = set(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark math mi mn mo mrow msub "
    "msup mtext q s samp small span strong sub sup time tt u var wbr".split()
)


@dataclass(slots=True)
class Paragraph:
    """A block of text.

    Attributes:
        text: the text, on one line.
        links: the addresses of its links.
        level: the heading level, from 1 to 6; None for other text.
        is_abstract: whether it is in an element marked as an abstract by its class or id.
        common_depth: the depth of the innermost element that contains both it and the paragraph
            before it.
    """

    text: str
    links: list[str] = field(default_factory=list)
    level: int | None = None
    is_abstract: bool = False
    common_depth: int = 0


@dataclass(slots=True)
class Page:
    """A web page.

    Attributes:
        paragraphs: the visible text, in order.
        meta: names and contents of the meta tags, in order.
        data: values of ``data-*`` attributes that look like JSON.
        linked_data: the contents of scripts with JSON-LD.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)


def looks_like_html(start: str) -> bool:
    """Return whether a text begins like an HTML page."""
    start = start.lstrip()
    while start.startswith("<!--"):
        start = start.partition("-->")[2].lstrip()
    return _BEGINNING.match(start) is not None


def parse_page(text: str) -> Page:
    """Parse a web page.

    Raises:
        InputError: the page is too long, or its markup cannot be parsed.
    """
    if len(text) > _MAX_PAGE_CHARACTERS:
        raise InputError(
            "is a web page of more than 30 million characters, which is too long to read"
        )
    parser = _Parser()
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, RecursionError) as error:
        raise InputError("is a web page whose markup cannot be parsed") from error
    parser.end_paragraph()
    return parser.page


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._text: list[str] = []
        self._links: list[str] = []
        self._level: int | None = None
        self._hidden_in: str | None = None
        self._is_linked_data = False
        self._open: list[str] = []
        self._open_counts = Counter[str]()
        # The depth outside the outermost abstract element; None outside of abstracts.
        self._abstract_depth: int | None = None
        self._lowest_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property", "")
            self.page.meta.append((name.casefold(), attributes.get("content", "")))
        self.page.data += [
            value
            for name, value in attributes.items()
            if name.startswith("data-") and value.startswith(("{", "["))
        ]
        if tag in _AFTER_BUTTON and self._hidden_in == "button":
            self._hidden_in = None
        if tag in _HIDDEN_TAGS and self._hidden_in is None and not self._is_folding(tag):
            self._hidden_in = tag
        if tag == "script":
            self._is_linked_data = attributes.get("type", "").casefold() == _LINKED_DATA
        if tag == "body":
            self._hidden_in = None
        if tag not in _INLINE_TAGS:
            self.end_paragraph()
            self._level = int(tag[1]) if tag in _HEADINGS else None
        if "href" in attributes and tag == "a":
            self._links.append(attributes["href"])
        if tag not in _VOID_TAGS:
            if self._abstract_depth is None and _is_abstract(attributes):
                self._abstract_depth = len(self._open)
            self._open.append(tag)
            self._open_counts[tag] += 1

    def _is_folding(self, tag: str) -> bool:
        """Return whether a tag begins a button in a heading, which has the heading's text."""
        return tag == "button" and any(self._open_counts[heading] for heading in _HEADINGS)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden_in:
            self._hidden_in = None
        if tag == "script":
            self._is_linked_data = False
        if tag not in _INLINE_TAGS:
            self.end_paragraph()
            self._level = None
        if self._open_counts[tag]:
            self._close(tag)

    def _close(self, tag: str) -> None:
        """Close an element, and with it the unclosed elements in it."""
        closed = ""
        while closed != tag:
            closed = self._open.pop()
            self._open_counts[closed] -= 1
            if closed == self._hidden_in == "button":
                self._hidden_in = None
        depth = len(self._open)
        self._lowest_depth = min(self._lowest_depth, depth)
        if self._abstract_depth is not None and depth <= self._abstract_depth:
            self._abstract_depth = None

    def handle_data(self, data: str) -> None:
        if self._is_linked_data:
            self.page.linked_data.append(data)
        elif self._hidden_in is None:
            self._text.append(data)

    def end_paragraph(self) -> None:
        """End the current paragraph. The links of an empty one are passed on to the next."""
        text = " ".join("".join(self._text).split())
        if text:
            self.page.paragraphs.append(
                Paragraph(
                    text,
                    self._links,
                    self._level,
                    self._abstract_depth is not None,
                    self._lowest_depth,
                )
            )
            self._links = []
            self._lowest_depth = len(self._open)
        self._text = []


def _is_abstract(attributes: dict[str, str]) -> bool:
    marks = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('role', '')}"
    return _ABSTRACT.search(marks) is not None and not _OTHER_ABSTRACT.search(marks)
