"""References to papers in common styles, as plain text.

A built-in style is a module with a function ``reference``, listed in `Style`, `STYLE_NAMES` and
`_FORMATTERS`. Any other style is a file in the Citation Style Language (`CslStyle`).
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, get_args

from assistant.errors import InputError
from assistant.papers.paper import Paper
from assistant.papers.references import apa, chicago, harvard, ieee, mla, vancouver
from assistant.papers.references.csl_style import FOLDER, SUFFIX, CslStyle, read_style, styles_in
from assistant.papers.references.narrative import narrative_citation
from assistant.papers.writers import bibtex
from assistant.text.folding import folded

__all__ = [
    "STYLES",
    "STYLE_NAMES",
    "CslStyle",
    "Style",
    "find_style",
    "format_reference",
    "narrative_citation",
    "reference_list",
    "styles_of_library",
]

Style = Literal["apa", "chicago", "harvard", "ieee", "mla", "vancouver", "bibtex"]
STYLES: tuple[Style, ...] = get_args(Style)

STYLE_NAMES: dict[Style, str] = {
    "apa": "APA",
    "chicago": "Chicago",
    "harvard": "Harvard",
    "ieee": "IEEE",
    "mla": "MLA",
    "vancouver": "Vancouver",
    "bibtex": "BibTeX",
}
"""The names of the styles, for display."""


def _bibtex(paper: Paper) -> str:
    return "".join(bibtex.write([paper])).strip()


_FORMATTERS: dict[str, Callable[[Paper], str]] = {
    "apa": apa.reference,
    "chicago": chicago.reference,
    "harvard": harvard.reference,
    "ieee": ieee.reference,
    "mla": mla.reference,
    "vancouver": vancouver.reference,
    "bibtex": _bibtex,
}
# The numbering of the styles with numbered references. The others are in alphabetical order.
_NUMBERED = {"ieee": "[{}] {}\n", "vancouver": "{}. {}\n"}


def styles_of_library(folder: Path) -> dict[str, CslStyle]:
    """Return the CSL styles in the folder ``styles`` of a library, by file name."""
    return styles_in(folder / FOLDER)


def find_style(name: str, library: Path) -> str | CslStyle:
    """Return one of `STYLES`, or a CSL style.

    Args:
        name: the name of a style, or a CSL file: its path, or its name in the library's folder
            ``styles``, with or without ``.csl``.
        library: the library's folder.

    Raises:
        InputError: there is no such style, or the file is not a style.
    """
    if name in _FORMATTERS:
        return name
    names = name, f"{name}{SUFFIX}"
    paths = [*map(Path, names), *(library / FOLDER / one for one in names)]
    if found := next(filter(Path.is_file, paths), None):
        return read_style(found)
    raise _unknown(name)


def format_reference(paper: Paper, style: str | CslStyle) -> str:
    """Return a reference to a paper as plain text.

    Args:
        paper: the paper to refer to. Unknown fields are left out. The title is written as it was
            published, even if the style requires other capitalisation.
        style: one of `STYLES`: ``apa`` (7th edition), ``chicago`` (author-date, 18th edition),
            ``harvard`` (as in Cite Them Right), ``ieee``, ``mla`` (9th edition), ``vancouver``
            (as PubMed cites) or ``bibtex``; or a CSL style.

    Raises:
        InputError: the style is unknown, or cannot be processed.
    """
    if isinstance(style, CslStyle):
        [reference] = style.references([paper])
        return reference
    if style not in _FORMATTERS:
        raise _unknown(style)
    return _FORMATTERS[style](paper)


def _unknown(style: str) -> InputError:
    return InputError(
        f"{style!r} is not a style of references. Choose {', '.join(STYLES)}, or name a CSL file, "
        f"such as ieee{SUFFIX}."
    )


def reference_list(papers: Iterable[Paper], style: str | CslStyle) -> Iterator[str]:
    """Yield the lines of a list of references, in the order of the style.

    Raises:
        InputError: the style is unknown, or cannot be processed.
    """
    if isinstance(style, CslStyle):
        yield from (f"{text}\n\n" for text in style.references(list(papers)))
        return
    references = [format_reference(paper, style) for paper in papers]
    if numbered := _NUMBERED.get(style):
        yield from (numbered.format(number, text) for number, text in enumerate(references, 1))
    else:
        yield from (f"{text}\n\n" for text in sorted(references, key=folded))
