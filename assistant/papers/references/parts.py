"""Parts shared by the reference styles: names, pages, addresses, punctuation."""

from collections.abc import Sequence

from assistant.papers.names import Name
from assistant.papers.paper import Paper


def is_in_volume(paper: Paper) -> bool:
    """Return whether a paper is part of a book or of the proceedings of a conference."""
    return bool(paper.venue) and paper.type in ("inproceedings", "book")


def is_whole_book(paper: Paper) -> bool:
    """Return whether a paper is a whole book rather than a chapter."""
    return paper.type == "book" and not paper.venue


def family_first(name: Name) -> str:
    """Return ``van der Berg, B. C., Jr.``."""
    if name.literal:
        return name.literal
    return ", ".join(filter(None, (family_of(name), initials(name.given), name.suffix)))


def initials_first(name: Name) -> str:
    """Return ``B. C. van der Berg Jr.``."""
    parts = (initials(name.given), name.particle, name.family, name.suffix)
    return name.literal or " ".join(filter(None, parts))


def family_of(name: Name) -> str:
    """Return a family name with its particle: ``van der Berg``."""
    return " ".join(filter(None, (name.particle, name.family)))


def initials(given: str) -> str:
    """Return the initials of given names: ``Jean-Luc A.`` becomes ``J.-L. A.``."""
    return " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part)
        for word in given.replace(".", ". ").split()
    )


def pages_of(paper: Paper) -> str:
    """Return the pages with an en dash; empty if unknown."""
    return (paper.pages or "").replace("-", "–")


def labelled_pages(paper: Paper) -> str:
    """Return ``pp. 12–34`` or ``p. 12``; empty if unknown."""
    pages = pages_of(paper)
    return f"{'pp.' if '–' in pages else 'p.'} {pages}" if pages else ""


def address_of(paper: Paper) -> str:
    """Return the DOI's address, or else that of the paper's page; empty if unknown."""
    return f"https://doi.org/{paper.doi}" if paper.doi else paper.link or ""


def joined(texts: Sequence[str], two: str, last: str) -> str:
    """Return texts with commas between them.

    Args:
        texts: the texts to join.
        two: the separator if there are only two texts.
        last: the separator before the last of more than two texts.
    """
    if len(texts) <= 2:
        return two.join(texts)
    return f"{', '.join(texts[:-1])}{last}{texts[-1]}"


def in_order(*parts: str | None, separator: str = " ") -> str:
    """Join the known parts with a separator."""
    return separator.join(filter(None, parts))


def ended(text: str) -> str:
    """Return a text with a full stop, unless it is empty or already ends a sentence."""
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
