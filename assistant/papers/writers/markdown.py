"""Writer of Markdown, for people: a heading, the facts and the abstract of each paper."""

import re
from collections.abc import Iterable, Iterator

from assistant.papers.paper import Paper

NAME = "Markdown"

# What Markdown may take for its own inside a line, and at its beginning.
_INSIDE = re.compile(r"([\\`*_\[\]<>|~$&])")
_LIST_OR_HEADING = re.compile(r"^(\d*)([#+=.)-])")
# After a heading these would not be shown.
_CLOSING = re.compile(r"(?<=\s)#(?=#*$)")
_WEB = ("https://", "http://")


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a section a paper."""
    for paper in papers:
        facts = [plain(fact) for fact in (", ".join(paper.authors), str(paper.year or "")) if fact]
        if paper.link:
            facts.append(linked(paper.link, paper.link))
        parts = (f"## {plain(paper.title)}", ", ".join(facts), plain(paper.abstract))
        yield "\n\n".join(filter(None, parts)) + "\n\n"


def plain(text: str) -> str:
    """Return a text on one line, escaped so that Markdown shows its characters as they are."""
    escaped = _INSIDE.sub(r"\\\1", " ".join(text.split()))
    return _LIST_OR_HEADING.sub(r"\1\\\2", _CLOSING.sub(r"\#", escaped))


def linked(shown: str, url: str | None) -> str:
    """Return a text as a link to a page of the web; as it is for any other address, or none."""
    if not url or not url.startswith(_WEB):
        return plain(shown)
    address = url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return f"[{plain(shown)}](<{''.join(address.split())}>)"
