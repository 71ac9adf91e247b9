"""Parse a saved web page into paragraphs, links, meta tags and embedded data."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from assistant.errors import InputError

_MAX_PAGE_CHARACTERS = 30_000_000
_BEGINNING = re.compile(
    r"(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE
)
_HIDDEN_TAGS = {"script", "style", "svg", "noscript", "template", "head"}
# Tags that do not end a paragraph.
_INLINE_TAGS = set(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark math mi mn mo mrow msub "
    "msup mtext q s samp small span strong sub sup time tt u var wbr".split()
)


@dataclass(slots=True)
class Paragraph:
    """A block of text, with the addresses of its links."""

    text: str
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A web page.

    Attributes:
        paragraphs: the visible text, in order.
        meta: names and contents of the meta tags, in order.
        data: values of ``data-*`` attributes that look like JSON.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)


def looks_like_html(start: str) -> bool:
    """Return whether a text begins like a web page."""
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
        self._hidden_in: str | None = None

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
        if tag in _HIDDEN_TAGS and self._hidden_in is None:
            self._hidden_in = tag
        if tag == "body":
            self._hidden_in = None
        if tag not in _INLINE_TAGS:
            self.end_paragraph()
        if "href" in attributes and tag == "a":
            self._links.append(attributes["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden_in:
            self._hidden_in = None
        if tag not in _INLINE_TAGS:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        if self._hidden_in is None:
            self._text.append(data)

    def end_paragraph(self) -> None:
        """End the current paragraph. The links of an empty one are passed on to the next."""
        text = " ".join("".join(self._text).split())
        if text:
            self.page.paragraphs.append(Paragraph(text, self._links))
            self._links = []
        self._text = []
