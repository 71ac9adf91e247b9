"""References to papers in common styles, as plain text.

A style is a module with a function ``reference``, listed in `Style`, `STYLE_NAMES` and
`_FORMATTERS`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, get_args

from assistant.errors import InputError
from assistant.papers.paper import Paper
from assistant.papers.references import apa, chicago, harvard, ieee, mla, vancouver
from assistant.papers.references.narrative import narrative_citation
from assistant.papers.writers import bibtex
from assistant.text.folding import folded

__all__ = [
    "STYLES",
    "STYLE_NAMES",
    "Style",
    "format_reference",
    "narrative_citation",
    "reference_list",
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
# How a reference is numbered. Lists in the other styles are in alphabetical order.
_NUMBERED = {"ieee": "[{}] {}\n", "vancouver": "{}. {}\n"}


def format_reference(paper: Paper, style: str) -> str:
    """Return a reference to a paper as plain text.

    Args:
        paper: to refer to. Fields that are unknown are left out. The title is written as it was
            published, also where a style asks for other capitals.
        style: one of `STYLES`: ``apa`` (7th edition), ``chicago`` (author-date, 18th edition),
            ``harvard`` (as in Cite Them Right), ``ieee``, ``mla`` (9th edition), ``vancouver``
            (as PubMed cites) or ``bibtex``.

    Raises:
        InputError: the style is unknown.
    """
    if style not in _FORMATTERS:
        raise InputError(f"{style!r} is not a style of references. Choose {', '.join(STYLES)}.")
    return _FORMATTERS[style](paper)


def reference_list(papers: Iterable[Paper], style: str) -> Iterator[str]:
    """Yield the lines of a list of references, in the order of the style.

    Raises:
        InputError: the style is unknown.
    """
    references = [format_reference(paper, style) for paper in papers]
    if numbered := _NUMBERED.get(style):
        yield from (numbered.format(number, text) for number, text in enumerate(references, 1))
    else:
        yield from (f"{text}\n\n" for text in sorted(references, key=folded))
