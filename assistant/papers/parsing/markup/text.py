"""Converting text with HTML, JATS or MathML tags to plain text."""

import html
import re
from xml.etree.ElementTree import Element, SubElement

from assistant.papers.parsing.markup.element_text import element_text

_TAG = re.compile(
    r"<(/?)([A-Za-z][\w.-]*(?::[A-Za-z][\w.-]*)?)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_COMMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?[^<>]*\?>", re.DOTALL)
# Elements whose tags are markup even if unpaired. Other angle brackets may be plain text:
# "p <alpha> q".
_ALONE = frozenset(
    "a b br div em h1 h2 h3 h4 h5 h6 hr i img italic bold li ol p sc sec span strong sub sup title "
    "u ul wbr".split()
)
_VOID = frozenset(("br", "hr", "img", "wbr"))
_ABSTRACT_TITLE = re.compile(
    r"<((?:jats:)?title|h[1-6]|strong|b)>\s*abstract\s*:?\s*</\1>", re.IGNORECASE
)
# Not after a backslash: LaTeX writes a literal ampersand as "\&".
_REFERENCE = re.compile(r"(?<!\\)&(?:#?[0-9a-zA-Z]{1,31};|#x[0-9a-fA-F]{1,8};)")
# Text from a web page or another database may have been escaped more than once.
_MAX_ESCAPES = 3
_MAX_DEPTH = 200


def without_tags(text: str) -> str:
    """Return a text without the tags and character references of HTML, JATS and MathML.

    A tag must be that of a known element, or have a prefix or a matching end tag.
    """
    for _ in range(_MAX_ESCAPES):
        before = text
        if "<" in text:
            text = _without_tags(_ABSTRACT_TITLE.sub("", text))
        if "&" in text:
            text = _REFERENCE.sub(_unescaped, text)
        if text == before or "&" not in before:
            break
    return text


def _unescaped(reference: re.Match[str]) -> str:
    return html.unescape(reference.group())


def _without_tags(text: str) -> str:
    text = _COMMENT.sub(r"\1", text)
    tags = [(tag, tag.group(2).casefold()) for tag in _TAG.finditer(text)]
    ended = {name for tag, name in tags if tag.group(1)}
    markup = [
        (tag, name)
        for tag, name in tags
        if name in ended or name in _ALONE or ":" in name or tag.group(3).endswith("/")
    ]
    if not markup:
        return text
    root = Element("text")
    builder = _Builder(root)
    at = 0
    for tag, name in markup:
        builder.add_text(text[at : tag.start()])
        if tag.group(1):
            builder.end(name)
        else:
            builder.start(name, is_empty=name in _VOID or tag.group(3).endswith("/"))
        at = tag.end()
    builder.add_text(text[at:])
    return element_text(root)


class _Builder:
    """Builds a tree from tags, some of which may be unpaired."""

    def __init__(self, root: Element) -> None:
        self._open = [root]
        self._last: Element | None = None

    def add_text(self, text: str) -> None:
        if self._last is None:
            parent = self._open[-1]
            parent.text = (parent.text or "") + text
        else:
            self._last.tail = (self._last.tail or "") + text

    def start(self, name: str, *, is_empty: bool) -> None:
        element = SubElement(self._open[-1], name)
        if is_empty or len(self._open) > _MAX_DEPTH:
            self._last = element
        else:
            self._open.append(element)
            self._last = None

    def end(self, name: str) -> None:
        names = [element.tag for element in self._open[1:]]
        if name not in names:
            return
        while True:
            element = self._open.pop()
            self._last = element
            if element.tag == name:
                return
