"""References in the style of the IEEE."""

from assistant.papers.paper import Paper
from assistant.papers.references.parts import (
    address_of,
    ended,
    in_order,
    initials_first,
    is_in_volume,
    joined,
    labelled_pages,
)

# Of more authors, only the first one is named.
_MAX_AUTHORS = 6


def reference(paper: Paper) -> str:
    """Return ``A. B. Frost and B. Melt, “Title,” Journal, vol. 3, no. 4, pp. 12–34, 2021.``."""
    names = [initials_first(name) for name in paper.author_names]
    authors = (
        f"{names[0]} et al." if len(names) > _MAX_AUTHORS else joined(names, " and ", ", and ")
    )
    rest = in_order(
        f"in {paper.venue}" if is_in_volume(paper) else paper.venue,
        f"vol. {paper.volume}" if paper.volume else "",
        f"no. {paper.issue}" if paper.issue else "",
        labelled_pages(paper),
        paper.publisher or "" if not paper.venue or paper.type == "book" else "",
        str(paper.year or ""),
        f"arXiv:{paper.arxiv_id}" if paper.arxiv_id and not paper.venue else "",
        f"doi: {paper.doi}" if paper.doi else "",
        separator=", ",
    )
    has_id = paper.doi or paper.arxiv_id or not paper.url
    address = "" if has_id else f"[Online]. {address_of(paper)}"
    end = "" if paper.title.endswith(("?", "!", ".")) else ("," if rest else ".")
    head = f"{authors}, " if authors else ""
    return in_order(f"{head}“{paper.title}{end}”", ended(rest), address)
