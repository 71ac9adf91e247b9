"""The sources panel: the papers behind each answer as cards, with their quoted sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.citations import CitationLabels, citation_labels
from assistant.chat.widgets.markup import Mark, anchor, link, marked_abstract, short_authors
from assistant.papers import Paper

_EMPTY = "The papers behind an answer appear here, with the quoted sentences."
# Quotes of a paper that is not cited (yet); the others are in its abstract.
_MAX_EVIDENCE_QUOTES = 2

_CARD = Markup(
    '<article class="source"><h4>{badge}{title}</h4><p class="meta">{meta}</p>{quotes}'
    '<div class="foot"><details class="abstract"><summary>Show abstract</summary><p>{abstract}</p>'
    '</details><button type="button" data-action="open" data-id="{id}">Open in library</button>'
    "</div></article>"
)
_QUOTE = Markup(
    '<blockquote><mark class="quote" id="{}" tabindex="-1" data-citation="{}">{}</mark>'
    "</blockquote>"
)


@dataclass(frozen=True, slots=True)
class _Source:
    paper: Paper
    marks: tuple[Mark, ...]
    numbers: tuple[int, ...]
    """The numbers of its citations."""


def sources_panel(exchanges: Sequence[Exchange]) -> str:
    """Return the panel's HTML, escaped: the latest sources open, those of earlier ones folded."""
    shown = [exchange for exchange in exchanges if exchange.evidence]
    if not shown:
        return str(Markup('<p class="empty">{}</p>').format(_EMPTY))
    *earlier, latest = shown
    folded = (
        Markup("<details><summary>{}</summary>{}</details>").format(
            exchange.question, _section(exchange)
        )
        for exchange in reversed(earlier)
    )
    return str(_section(latest) + Markup("").join(folded))


def _section(exchange: Exchange) -> Markup:
    labels = citation_labels(exchange)
    sources = _sources(exchange, labels)
    if exchange.pending:
        # Keep the order of the evidence while citations arrive, so that no card moves.
        return _cards("Evidence", exchange, labels, sources)
    cited = sorted((one for one in sources if one.numbers), key=lambda one: min(one.numbers))
    others = [source for source in sources if not source.numbers]
    parts = [_cards("Sources", exchange, labels, cited)] if cited else []
    if others:
        parts.append(
            Markup('<details class="others"><summary>Also read ({})</summary>{}</details>').format(
                len(others), _cards("", exchange, labels, others)
            )
        )
    return Markup("").join(parts)


def _sources(exchange: Exchange, labels: CitationLabels) -> list[_Source]:
    """Return the papers of the evidence, best first, with the sentences to highlight in each."""
    numbers = {
        (citation.paper_id, citation.span): citation.number for citation in exchange.citations
    }
    papers = {one.paper.id: one.paper for one in exchange.evidence}
    sources = []
    for id_, paper in papers.items():
        spans = [one.span for one in exchange.evidence if one.paper.id == id_]
        own = {span: numbers[id_, span] for span in spans if (id_, span) in numbers}
        marks = tuple(Mark(span, labels.labels[own[span]] if span in own else "") for span in spans)
        sources.append(_Source(paper, marks, tuple(sorted(own.values()))))
    return sources


def _cards(
    heading: str, exchange: Exchange, labels: CitationLabels, sources: Sequence[_Source]
) -> Markup:
    title = Markup("<h3>{}</h3>").format(heading) if heading else Markup("")
    return title + Markup("").join(_card(exchange, labels, source) for source in sources)


def _card(exchange: Exchange, labels: CitationLabels, source: _Source) -> Markup:
    paper = source.paper
    marks = [one for one in source.marks if one.label] if source.numbers else source.marks
    return _CARD.format(
        badge=Markup('<span class="badge">{}</span>').format(labels.order[paper.id])
        if source.numbers
        else "",
        title=link(paper.title, paper.link),
        meta=_meta(paper),
        quotes=_quotes(exchange, labels, source),
        abstract=marked_abstract(paper.abstract, marks),
        id=paper.id,
    )


def _quotes(exchange: Exchange, labels: CitationLabels, source: _Source) -> Markup:
    if source.numbers:
        quotes = {one.number: one.quote for one in exchange.citations}
        return Markup("").join(
            _QUOTE.format(anchor(exchange.number, number), labels.labels[number], quotes[number])
            for number in source.numbers
        )
    return Markup("").join(
        Markup('<blockquote><mark class="evidence">{}</mark></blockquote>').format(
            mark.span.of(source.paper.abstract)
        )
        for mark in source.marks[:_MAX_EVIDENCE_QUOTES]
    )


def _meta(paper: Paper) -> str:
    """Return the authors, the year and the venue of a paper."""
    year = str(paper.year) if paper.year else ""
    return " · ".join(filter(None, [short_authors(paper), year, paper.venue or ""]))
