"""Writer of Markdown: a heading, the facts and the abstract of each paper."""

import json
import re
from collections.abc import Iterable, Iterator

from assistant.papers.annotation import (
    NO_ANNOTATION,
    NOTHING_ANNOTATED,
    Annotated,
    Annotation,
)
from assistant.papers.details import paper_to_json
from assistant.papers.paper import Paper

NAME = "Markdown"
SUFFIX = ".md"

COMMENT_START = "<!-- paper: "
COMMENT_END = " -->"
QUOTE = "> "

# Special characters in Markdown, inside a line and at its beginning.
_INSIDE = re.compile(r"([\\`*_\[\]<>|~$&])")
_LIST_OR_HEADING = re.compile(r"^(\d*)([#+=.)-])")
# Trailing number signs would close a heading and be hidden.
_HEADING_END = re.compile(r"(?<=\s)#(?=#*$)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~$&#+=.)-])")
_WEB_SCHEMES = ("https://", "http://")


def write(papers: Iterable[Paper], annotated: Annotated = NOTHING_ANNOTATED) -> Iterator[str]:
    """Yield a section per paper. A hidden comment contains the fields for reading it back."""
    for paper in papers:
        noted = annotated.get(paper.id, NO_ANNOTATION)
        parts = (
            f"## {escape(paper.title)}",
            _comment(paper, noted),
            ", ".join(_facts(paper)),
            escape(paper.abstract),
            _quoted(noted),
        )
        yield "\n\n".join(filter(None, parts)) + "\n\n"


def _facts(paper: Paper) -> Iterator[str]:
    place = " ".join(filter(None, (paper.venue, paper.volume)))
    facts = (", ".join(paper.authors), str(paper.year or ""), place)
    yield from (escape(fact) for fact in facts if fact)
    if paper.link:
        yield markdown_link(paper.link, paper.link)


def _quoted(noted: Annotation) -> str:
    """Return the tags and the note as a block quote, which the reader ignores."""
    tags = f"Tags: {', '.join(noted.tags)}" if noted.tags else ""
    lines = [tags, *noted.note.splitlines()]
    return "\n".join(f"{QUOTE}{escape(line)}  " for line in lines if line.strip())


def _comment(paper: Paper, noted: Annotation) -> str:
    shown = ("title", "abstract", "source")
    fields = {name: value for name, value in paper_to_json(paper).items() if name not in shown}
    fields |= noted.to_json()
    # The comment ends at the first "-->", even inside a JSON string.
    text = json.dumps(fields, ensure_ascii=False).replace("-", r"\u002d")
    return COMMENT_START + text.replace("<", r"\u003c").replace(">", r"\u003e") + COMMENT_END


def escape(text: str) -> str:
    """Return a text on one line, escaped for Markdown."""
    escaped = _INSIDE.sub(r"\\\1", " ".join(text.split()))
    return _LIST_OR_HEADING.sub(r"\1\\\2", _HEADING_END.sub(r"\#", escaped))


def unescape(text: str) -> str:
    """Undo `escape`."""
    return _ESCAPED.sub(r"\1", text)


def markdown_link(text: str, url: str | None) -> str:
    """Return a text as a Markdown link; as plain text if the URL is not HTTP or HTTPS."""
    if not url or not url.startswith(_WEB_SCHEMES):
        return escape(text)
    address = url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return f"[{escape(text)}](<{''.join(address.split())}>)"
