"""Iterate over the elements of an XML document; entities and external resources are refused."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from assistant.errors import InputError
from assistant.papers.files.document import Document


def iter_elements(document: Document, name: str) -> Iterator[Element]:
    """Yield the children of the root element with a name.

    Each element is cleared when the next one is requested, to limit memory.

    Args:
        document: read with its detected encoding; the declared one is ignored.
        name: of the elements, without namespace.

    Raises:
        InputError: the document is not well-formed, or declares entities.
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
            raise InputError("declares XML entities, which are not supported") from error


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
    """Return the text of an element, including nested elements; 10<sup>6</sup> becomes "10^6"."""
    for parent in element.iter():
        before = parent.text or ""
        for child in parent:
            if local_name(child) == "sup" and before.endswith("10") and child.text:
                child.text = f"^{child.text.removeprefix('^')}"
            before = child.tail or ""
    return "".join(element.itertext()).strip()
