"""Escaped HTML. Everything is `Markup`: a plain string that is formatted into it is escaped.

Papers, users and the model may contain anything. None of it becomes a tag or an attribute, and only
http and https addresses become links.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from assistant.papers import Paper
from assistant.text.sentences import Span

_MAX_AUTHORS = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence to highlight in an abstract.

    Attributes:
        span: its characters in the abstract.
        label: the label of its citation; empty for evidence that is not cited.
    """

    span: Span
    label: str = ""


def link(text: str, url: str | None) -> Markup:
    """Return a link to a web page, or just the text if the URL is not http or https."""
    if url is None or not _is_web_address(url):
        return escape(text)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, text)


def marked_abstract(abstract: str, marks: Sequence[Mark]) -> Markup:
    """Return a whole abstract with some sentences highlighted.

    Of overlapping marks, the first in the text is kept.
    """
    pieces: list[Markup] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.span):
        if mark.span.start < at:
            continue
        quote = Markup('<mark class="{}">{}</mark>').format(
            "quote" if mark.label else "evidence", mark.span.of(abstract)
        )
        pieces += [escape(abstract[at : mark.span.start]), quote]
        at = mark.span.end
    pieces.append(escape(abstract[at:]))
    return Markup("").join(pieces)


def short_authors(paper: Paper) -> str:
    """Return the first few authors, with ``et al.`` if there are more."""
    if len(paper.authors) <= _MAX_AUTHORS:
        return ", ".join(paper.authors)
    return f"{', '.join(paper.authors[:_MAX_AUTHORS])} et al."


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
