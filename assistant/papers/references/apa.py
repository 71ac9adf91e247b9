"""References in the style of the American Psychological Association, 7th edition."""

from assistant.papers.names import Name
from assistant.papers.paper import Paper
from assistant.papers.references.parts import (
    address_of,
    ended,
    family_first,
    in_order,
    initials_first,
    is_in_volume,
    joined,
    pages_of,
)

# Of more authors, the first ones and the last one are named.
_MAX_AUTHORS = 20
_FIRST_AUTHORS = 19


def reference(paper: Paper) -> str:
    """Return ``Frost, A. B., & Melt, B. (2021). Title. Journal, 3(4), 12–34. Address``."""
    authors = _authors(paper.author_names)
    date = f"({paper.year or 'n.d.'})."
    title = ended(paper.title)
    head = f"{ended(authors)} {date} {title}" if authors else f"{title} {date}"
    return in_order(head, _place(paper), address_of(paper))


def _place(paper: Paper) -> str:
    """Return where a paper was published: ``Journal of Snow, 3(4), 12–34.``."""
    pages = pages_of(paper)
    if not paper.venue:
        return ended(paper.publisher or ("arXiv" if paper.arxiv_id else ""))
    if is_in_volume(paper):
        editors = _editors(paper.editor_names)
        in_parentheses = f" (pp. {pages})" if pages else ""
        place = ended(f"In {in_order(editors, paper.venue, separator=', ')}{in_parentheses}")
        return in_order(place, ended(paper.publisher or ""))
    volume = (paper.volume or "") + (f"({paper.issue})" if paper.issue else "")
    return ended(in_order(paper.venue, volume, pages, separator=", "))


def _authors(names: tuple[Name, ...]) -> str:
    written = [family_first(name) for name in names]
    if len(written) > _MAX_AUTHORS:
        return f"{', '.join(written[:_FIRST_AUTHORS])}, . . . {written[-1]}"
    return joined(written, ", & ", ", & ")


def _editors(names: tuple[Name, ...]) -> str:
    if not names:
        return ""
    written = [initials_first(name) for name in names]
    role = "Ed." if len(names) == 1 else "Eds."
    return f"{joined(written, ' & ', ', & ')} ({role})"
