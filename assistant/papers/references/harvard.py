"""References in the Harvard style, as in Cite Them Right."""

from collections.abc import Callable

from assistant.papers.names import Name
from assistant.papers.paper import Paper
from assistant.papers.references.parts import (
    address_of,
    ended,
    family_of,
    in_order,
    initials,
    is_in_volume,
    is_whole_book,
    joined,
    labelled_pages,
)

# Of more authors, only the first one is named.
_MAX_AUTHORS = 3


def reference(paper: Paper) -> str:
    """Return ``Frost, A.B. and Melt, B. (2021) ‘Title’, Journal, 3(4), pp. 12–34.``."""
    date = f"({paper.year or 'no date'})"
    title = paper.title if is_whole_book(paper) else f"‘{paper.title}’"
    authors = _names(paper.author_names, _family_first)
    head = in_order(authors, date, title) if authors else in_order(title, date)
    place = _place(paper)
    separator = ". " if is_whole_book(paper) or not paper.venue else ", "
    address = address_of(paper)
    return in_order(
        ended(in_order(head, place, separator=separator)),
        f"Available at: {address}." if address else "",
    )


def _place(paper: Paper) -> str:
    pages = labelled_pages(paper)
    if is_in_volume(paper):
        names = _names(paper.editor_names, _initials_first)
        editors = f"{names} ({'ed.' if len(paper.editors) == 1 else 'eds'})" if names else ""
        volume = in_order("in", editors, paper.venue)
        published = f"{volume}. {paper.publisher}" if paper.publisher else volume
        return in_order(published, pages, separator=", ")
    if not paper.venue:
        return paper.publisher or ("arXiv" if paper.arxiv_id else "")
    volume = (paper.volume or "") + (f"({paper.issue})" if paper.issue else "")
    return in_order(paper.venue, volume, pages, separator=", ")


def _names(names: tuple[Name, ...], write: Callable[[Name], str]) -> str:
    if len(names) > _MAX_AUTHORS:
        return f"{write(names[0])} et al."
    return joined([write(name) for name in names], " and ", " and ")


def _family_first(name: Name) -> str:
    """Return ``van der Berg, B.C., Jr.``."""
    parts = (family_of(name), _initials(name), name.suffix)
    return name.literal or in_order(*parts, separator=", ")


def _initials_first(name: Name) -> str:
    return name.literal or in_order(_initials(name), family_of(name), name.suffix)


def _initials(name: Name) -> str:
    return initials(name.given).replace(" ", "")
