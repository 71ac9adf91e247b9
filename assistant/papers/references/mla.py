"""References in the style of the Modern Language Association, 9th edition."""

from assistant.papers.names import Name
from assistant.papers.paper import Paper
from assistant.papers.references.parts import (
    address_of,
    ended,
    in_order,
    is_whole_book,
    joined,
    labelled_pages,
)


def reference(paper: Paper) -> str:
    """Return ``Frost, Ada B., and Bo Melt. “Title.” Journal, vol. 3, no. 4, 2021, pp. 12–34.``."""
    title = ended(paper.title)
    editors = joined(list(map(str, paper.editor_names)), " and ", ", and ")
    rest = in_order(
        paper.venue or ("arXiv" if paper.arxiv_id else ""),
        f"edited by {editors}" if editors else "",
        f"vol. {paper.volume}" if paper.volume else "",
        f"no. {paper.issue}" if paper.issue else "",
        paper.publisher or "" if not paper.venue or paper.type != "article" else "",
        str(paper.year or ""),
        labelled_pages(paper),
        address_of(paper),
        separator=", ",
    )
    written = title if is_whole_book(paper) else f"“{title}”"
    return in_order(ended(_authors(paper.author_names)), written, ended(rest))


def _authors(names: tuple[Name, ...]) -> str:
    """Return the first name inverted; of more than two, the others are left out."""
    if not names:
        return ""
    first = names[0].inverted
    if len(names) == 2:
        return f"{first}, and {names[1]}"
    return f"{first}, et al" if len(names) > 2 else first
