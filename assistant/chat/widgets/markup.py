"""Escaped HTML. Everything is `Markup`: a plain string that is formatted into it is escaped.

Papers, users and the model may contain anything. None of it becomes a tag or an attribute, and only
http and https addresses become links.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from assistant.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence to highlight in an abstract.

    Attributes:
        span: its characters in the abstract.
        number: the number of its citation; None for evidence that is not cited.
    """

    span: Span
    number: int | None = None


def anchor(exchange_number: int, citation_number: int) -> str:
    """Return the element id of a cited sentence in the sources panel."""
    return f"source-{exchange_number}-{citation_number}"


def link(text: str, url: str | None) -> Markup:
    """Return a link to a web page, or just the text if the URL is not http or https."""
    if url is None or not _is_web_address(url):
        return escape(text)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, text)


def citation_marks(exchange_number: int, numbers: Sequence[int]) -> Markup:
    """Return ``[1][2]``, each linked to the sentence it cites."""
    mark = Markup('<a class="citation" href="#{}" aria-label="Source {}">[{}]</a>')
    return Markup("").join(
        mark.format(anchor(exchange_number, number), number, number) for number in numbers
    )


def marked_abstract(abstract: str, exchange_number: int, marks: Sequence[Mark]) -> Markup:
    """Return a whole abstract with some sentences highlighted; cited ones carry their anchor.

    Of overlapping marks, the first in the text is kept.
    """
    pieces: list[Markup] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.span):
        if mark.span.start < at:
            continue
        pieces += [escape(abstract[at : mark.span.start]), _marked(abstract, exchange_number, mark)]
        at = mark.span.end
    pieces.append(escape(abstract[at:]))
    return Markup("").join(pieces)


def _marked(abstract: str, exchange_number: int, mark: Mark) -> Markup:
    quote = mark.span.of(abstract)
    if mark.number is None:
        return Markup('<mark class="evidence">{}</mark>').format(quote)
    return Markup('<mark class="quote" id="{}" tabindex="-1" data-citation="{}">{}</mark>').format(
        anchor(exchange_number, mark.number), mark.number, quote
    )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
