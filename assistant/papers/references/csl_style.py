"""References in a style of the Citation Style Language (CSL), formatted by citeproc-py."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.papers.paper import Paper
from assistant.papers.writers.csl_json import item_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUFFIX = ".csl"
FOLDER = "styles"
"""The subfolder of a library whose styles are offered in the web page's menus."""

_REPOSITORY = "https://github.com/citation-style-language/styles"
_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
# citeproc-py does not document what it raises for a style with an unknown element.
_FAILURES = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class CslStyle:
    """A style that was read from a file.

    Attributes:
        name: the file name without its suffix.
        title: the style's title, for display.
        source: the XML.
    """

    name: str
    title: str
    source: bytes

    def references(self, papers: Sequence[Paper]) -> list[str]:
        """Return references to papers as plain text, ordered and numbered as in the style.

        Raises:
            InputError: the style cannot be processed.
        """
        from citeproc.source import VariableError

        try:
            with warnings.catch_warnings(action="ignore"):
                return list(_formatted(self.source, papers))
        except (*_FAILURES, VariableError) as error:
            raise InputError(
                f"The style {self.name} cannot be processed ({type(error).__name__}: {error}). "
                f"Choose another one of {_REPOSITORY}."
            ) from error


def read_style(path: Path) -> CslStyle:
    """Read a style from a file.

    Raises:
        InputError: the file cannot be read, or is not a style with a bibliography of its own.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        source = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    try:
        root = fromstring(source, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _no_style(path) from error
    if root.tag != f"{_NAMESPACE}style":
        raise _no_style(path)
    if parent := _parent(root):
        raise InputError(
            f"{path} only refers to another style. Use {parent}{SUFFIX} of {_REPOSITORY} instead."
        )
    if root.find(f"{_NAMESPACE}bibliography") is None:
        raise InputError(f"{path} is a style without a bibliography. Choose another one.")
    title = root.findtext(f"{_NAMESPACE}info/{_NAMESPACE}title") or ""
    return CslStyle(path.stem, " ".join(title.split()) or path.stem, source)


def styles_in(folder: Path) -> dict[str, CslStyle]:
    """Return the styles in a folder, by file name. Other files are ignored."""
    styles: dict[str, CslStyle] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            styles[path.name] = read_style(path)
        except InputError:
            continue
    return styles


def _no_style(path: Path) -> InputError:
    return InputError(f"{path} is not a CSL style. Styles are files of {_REPOSITORY}.")


def _parent(root: "Element") -> str:
    """Return the name of a dependent style's parent; empty for an independent style."""
    links = root.iterfind(f"{_NAMESPACE}info/{_NAMESPACE}link")
    parents = (one.get("href", "") for one in links if one.get("rel") == "independent-parent")
    return next(parents, "").rstrip("/").rpartition("/")[2]


def _formatted(source: bytes, papers: Sequence[Paper]) -> Iterator[str]:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    style = CitationStylesStyle(BytesIO(source), validate=False)
    bibliography = style.root.bibliography
    if bibliography.get("second-field-align"):
        # The number is in a separate column, which plain text does not have.
        number = bibliography.layout[0]
        number.set("suffix", f"{number.get('suffix', '')} ")
    items = CiteProcJSON(list(_items(papers)))
    cited = CitationStylesBibliography(style, items, formatter.plain)
    cited.register(Citation([CitationItem(str(number)) for number in range(len(papers))]))
    cited.sort()
    yield from (" ".join(str(entry).split()) for entry in cited.bibliography())


def _items(papers: Iterable[Paper]) -> Iterator[dict[str, Any]]:
    """Yield the papers as items of CSL-JSON, with the variables that citeproc-py knows."""
    from citeproc import VARIABLES

    for number, paper in enumerate(papers):
        item = item_of(paper)
        known = {name: item[name] for name in item if name.replace("-", "_") in VARIABLES}
        yield {"id": str(number), "type": item["type"], **known}
