"""Writer of Markdown: a heading, the facts and the abstract of each paper."""

import re
from collections.abc import Iterable, Iterator

from assistant.papers.paper import Paper

NAME = "Markdown"

# Characters with a meaning in Markdown, inside a line and at its beginning.
_INSIDE = re.compile(r"([\\`*_\[\]<>|~$&])")
_LIST_OR_HEADING = re.compile(r"^(\d*)([#+=.)-])")
# Trailing number signs would close a heading and not be shown.
_HEADING_END = re.compile(r"(?<=\s)#(?=#*$)")
_WEB_SCHEMES = ("https://", "http://")


def write(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a section per paper."""
    for paper in papers:
        facts = [escape(fact) for fact in (", ".join(paper.authors), str(paper.year or "")) if fact]
        if paper.link:
            facts.append(markdown_link(paper.link, paper.link))
        parts = (f"## {escape(paper.title)}", ", ".join(facts), escape(paper.abstract))
        yield "\n\n".join(filter(None, parts)) + "\n\n"


def escape(text: str) -> str:
    """Return a text on one line, escaped for Markdown."""
    escaped = _INSIDE.sub(r"\\\1", " ".join(text.split()))
    return _LIST_OR_HEADING.sub(r"\1\\\2", _HEADING_END.sub(r"\#", escaped))


def markdown_link(text: str, url: str | None) -> str:
    """Return a text as a Markdown link; without one if the URL is not HTTP or HTTPS."""
    if not url or not url.startswith(_WEB_SCHEMES):
        return escape(text)
    address = url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return f"[{escape(text)}](<{''.join(address.split())}>)"
