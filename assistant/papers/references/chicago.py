"""References in the author-date style of the Chicago Manual of Style, 18th edition."""

from assistant.papers.names import Name
from assistant.papers.paper import Paper
from assistant.papers.references.parts import (
    address_of,
    ended,
    in_order,
    is_in_volume,
    is_whole_book,
    joined,
    pages_of,
)

# Of more authors, only the first ones are named.
_MAX_AUTHORS = 6
_FIRST_AUTHORS = 3


def reference(paper: Paper) -> str:
    """Return ``Frost, Ada B., and Bo Melt. 2021. “Title.” Journal 3 (4): 12–34. Address.``."""
    title = ended(paper.title) if is_whole_book(paper) else f"“{ended(paper.title)}”"
    date = ended(str(paper.year or "n.d."))
    authors = ended(_authors(paper.author_names))
    head = in_order(authors, date, title) if authors else in_order(title, date)
    return in_order(head, ended(_place(paper)), ended(address_of(paper)))


def _place(paper: Paper) -> str:
    pages = pages_of(paper)
    if is_in_volume(paper):
        editors = joined(list(map(str, paper.editor_names)), " and ", ", and ")
        edited = f"edited by {editors}" if editors else ""
        volume = in_order(f"In {paper.venue}", edited, pages, separator=", ")
        return in_order(ended(volume), paper.publisher) if paper.publisher else volume
    if not paper.venue:
        return paper.publisher or ("Preprint, arXiv" if paper.arxiv_id else "")
    number = f"({paper.issue})" if paper.issue else ""
    issue = in_order(paper.volume, number) if paper.volume else f"no. {paper.issue}"
    if paper.volume:
        journal = in_order(paper.venue, issue)
        return f"{journal}: {pages}" if pages else journal
    return in_order(paper.venue, issue if paper.issue else "", pages, separator=", ")


def _authors(names: tuple[Name, ...]) -> str:
    """Return the names, the first one inverted: ``Frost, Ada B., Jr., and Bo Melt``."""
    written = [_family_first(name) if n == 0 else str(name) for n, name in enumerate(names)]
    if len(written) > _MAX_AUTHORS:
        return f"{', '.join(written[:_FIRST_AUTHORS])}, et al."
    return joined(written, ", and ", ", and ")


def _family_first(name: Name) -> str:
    family = in_order(name.particle, name.family)
    return name.literal or in_order(family, name.given, name.suffix, separator=", ")
