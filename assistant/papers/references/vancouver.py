"""References in the Vancouver style, as the National Library of Medicine writes them."""

from assistant.papers.names import Name
from assistant.papers.paper import Paper
from assistant.papers.references.parts import (
    ended,
    family_of,
    in_order,
    initials,
    is_in_volume,
)

# Of more authors, only this many are named.
_MAX_AUTHORS = 6


def reference(paper: Paper) -> str:
    """Return ``Frost AB, Melt B. Title. Journal. 2021;3(4):12-34. doi: 10.5555/1.``."""
    doi = f"doi: {paper.doi}" if paper.doi else ""
    link = f"Available from: {paper.link}" if paper.link and not doi else ""
    title = ended(paper.title if paper.venue or not paper.arxiv_id else f"{paper.title} [Preprint]")
    authors = ended(_names(paper.author_names))
    return in_order(authors, title, ended(_place(paper)), ended(doi), link)


def _place(paper: Paper) -> str:
    year = str(paper.year or "date unknown")
    pages = _short_pages(paper.pages or "")
    if is_in_volume(paper) or not paper.venue:
        role = "editor" if len(paper.editors) == 1 else "editors"
        editors = f"{_names(paper.editor_names)}, {role}" if paper.editors else ""
        volume = f"In: {in_order(editors, paper.venue, separator='. ')}" if paper.venue else ""
        publisher = paper.publisher or ("arXiv" if paper.arxiv_id and not paper.venue else "")
        published = in_order(volume, in_order(publisher, year, separator="; "), separator=". ")
        return f"{published}. p. {pages}" if pages else published
    numbers = (paper.volume or "") + (f"({paper.issue})" if paper.issue else "")
    date = in_order(year, numbers, separator=";")
    return f"{ended(paper.venue)} {date}{f':{pages}' if pages else ''}"


def _names(names: tuple[Name, ...]) -> str:
    written = [_name(name) for name in names[:_MAX_AUTHORS]]
    return ", ".join([*written, *(["et al"] if len(names) > _MAX_AUTHORS else [])])


def _name(name: Name) -> str:
    """Return ``van der Berg BC Jr``."""
    letters = "".join(filter(str.isalpha, initials(name.given)))
    return name.literal or in_order(family_of(name), letters, name.suffix.rstrip("."))


def _short_pages(pages: str) -> str:
    """Return pages without the digits that the last one repeats: ``123-8``."""
    first, dash, last = pages.partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last)):
        return pages
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), -1)
    return f"{first}{dash}{last[same:]}"
