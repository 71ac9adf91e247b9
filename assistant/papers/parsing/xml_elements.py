"""The elements of an XML document one by one, without entities and what lies outside it."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from assistant.errors import InputError
from assistant.papers.document import Document


def iter_elements(document: Document, name: str) -> Iterator[Element]:
    """Return the children of the outermost element that have a name; each is gone afterwards.

    Args:
        document: read as text, whatever encoding it says it has.
        name: of the elements, without its namespace.

    Raises:
        InputError: the document is not well-formed, or has entities of its own.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = 0
    root: Element | None = None
    with document.characters() as text:
        try:
            for event, element in iterparse(text, events=("start", "end")):
                depth += 1 if event == "start" else -1
                root = element if root is None else root
                if event == "end" and depth == 1:
                    if local_name(element) == name:
                        yield element
                    root.clear()
        except ParseError as error:
            line, _ = error.position
            raise InputError(f"is not well-formed XML from line {line} on") from error
        except DefusedXmlException as error:
            raise InputError("has XML entities of its own, which are not read") from error


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def elements_at(element: Element, *path: str) -> Iterator[Element]:
    """Return the descendants that a path of names leads to, whatever their namespaces."""
    if not path:
        yield element
        return
    for child in element:
        if local_name(child) == path[0]:
            yield from elements_at(child, *path[1:])


def text_at(element: Element, *path: str) -> str:
    """Return the text of the first element that a path leads to, with what is nested in it."""
    found = next(elements_at(element, *path), None)
    return "" if found is None else text_of(found)


def text_of(element: Element) -> str:
    """Return the text of an element, with what is nested in it; "10" and a raised 6 are "10^6"."""
    for parent in element.iter():
        before = parent.text or ""
        for child in parent:
            if local_name(child) == "sup" and before.endswith("10") and child.text:
                child.text = f"^{child.text.removeprefix('^')}"
            before = child.tail or ""
    return "".join(element.itertext()).strip()
