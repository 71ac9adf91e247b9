"""Iterating over the elements of an XML document. Entities and external resources are refused."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from assistant.errors import InputError
from assistant.papers.files.document import Document
from assistant.papers.parsing.markup.element_text import element_text

# Declarations, comments and the document type before the root element.
_PROLOG = re.compile(
    r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\])?\s*>", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")


def iter_elements(document: Document, *names: str) -> Iterator[Element]:
    """Yield the outermost elements with any of the names, or else the children of the root.

    Each element is discarded when the next one is requested, to limit memory. HTML's named
    character references are supported if the document names a DTD, which is not loaded.

    Args:
        document: read with its detected encoding; the declared one is ignored.
        names: the elements' names, without namespace.

    Raises:
        InputError: the document is not well-formed, or declares entities.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    parents: list[Element] = []
    outermost: Element | None = None
    with document.characters() as text:
        try:
            for event, element in iterparse(text, ("start", "end"), parser=_parser()):
                if event == "start":
                    is_wanted = local_name(element) in names if names else len(parents) == 1
                    if outermost is None and is_wanted:
                        outermost = element
                    parents.append(element)
                    continue
                parents.pop()
                if outermost is not None and element is outermost:
                    yield outermost
                    outermost = None
                if outermost is None and parents:
                    parents[-1].remove(element)
        except ParseError as error:
            line, _ = error.position
            raise InputError(f"is not well-formed XML from line {line} on") from error
        except DefusedXmlException as error:
            raise InputError("declares XML entities, which are not supported") from error


def parse_xml(data: bytes) -> Element:
    """Return the root element of a small document.

    Raises:
        InputError: the document is not well-formed, or declares entities.
    """
    from defusedxml import DefusedXmlException

    parser = _parser()
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as error:
        raise InputError("contains XML that is not well-formed") from error
    except DefusedXmlException as error:
        raise InputError("declares XML entities, which are not supported") from error
    return root


def _parser() -> Any:
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(forbid_dtd=False, forbid_entities=True, forbid_external=True)
    parser.entity.update({name.removesuffix(";"): text for name, text in html5.items()})
    return parser


def root_name(start: str) -> str:
    """Return the name of the root element without namespace; empty if the text is not XML.

    Args:
        start: the beginning of the document.
    """
    start = start.lstrip()
    while found := _PROLOG.match(start):
        start = start[found.end() :].lstrip()
    root = _ROOT.match(start)
    return root.group(1) if root else ""


def local_name(element: Element) -> str:
    """Return an element's name without namespace."""
    return element.tag.rpartition("}")[2]


def elements_at(element: Element, *path: str) -> Iterator[Element]:
    """Yield the descendants at a path of names; namespaces are ignored."""
    if not path:
        yield element
        return
    for child in element:
        if local_name(child) == path[0]:
            yield from elements_at(child, *path[1:])


def text_at(element: Element, *path: str) -> str:
    """Return the text of the first element at a path, including nested elements."""
    found = next(elements_at(element, *path), None)
    return "" if found is None else text_of(found)


def text_of(element: Element) -> str:
    """Return the text of an element, including nested elements (see `element_text`)."""
    return element_text(element)
