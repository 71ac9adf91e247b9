"""The sources panel: the papers behind each answer as cards, with their quoted sentences."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.citations import CitationLabels, citation_labels
from assistant.chat.widgets.markup import Mark, link, marked_abstract, short_authors
from assistant.chat.widgets.pdf_link import pdf_address, pdf_link
from assistant.papers import Paper

_EMPTY = "The papers behind an answer appear here, with the quoted sentences."
_NONE = "The latest answer is based on no papers."
# The number of quotes shown for a paper that is not cited (yet); its abstract has the others.
_MAX_EVIDENCE_QUOTES = 2

_CARD = Markup(
    '<article class="source"><h4>{badge}{title}</h4><p class="meta">{meta}</p>{quotes}'
    '<div class="foot"><details class="abstract"><summary>Show abstract</summary><p>{abstract}</p>'
    "</details>{pdf}"
    '<button type="button" data-action="open" data-id="{id}">Open in library</button>'
    "</div></article>"
)
_QUOTE = Markup(
    '<blockquote><mark class="quote" id="{}" tabindex="-1" data-citation="{}"{}>{}</mark>'
    "</blockquote>"
)


@dataclass(frozen=True, slots=True)
class _Source:
    paper: Paper
    marks: tuple[Mark, ...]
    numbers: tuple[int, ...]
    """The numbers of its citations."""
    has_pdf: bool


def sources_panel(exchanges: Sequence[Exchange], with_pdf: Collection[str] = ()) -> str:
    """Return the panel's HTML, escaped: the sources of the latest answer, earlier ones collapsed.

    While the latest question has no sources yet, those of the one before it stay.

    Args:
        exchanges: the exchanges of the conversation.
        with_pdf: the ids of the papers whose PDF the library has.
    """
    with_sources = [exchange for exchange in exchanges if exchange.evidence]
    if not with_sources:
        return str(Markup('<p class="empty">{}</p>').format(_EMPTY))
    if exchanges[-1].pending or exchanges[-1].evidence:
        *earlier, latest = with_sources
        shown = sources_of(latest, citation_labels(latest), with_pdf)
    else:
        earlier, shown = with_sources, Markup('<p class="empty">{}</p>').format(_NONE)
    folded = (
        Markup("<details><summary>{}</summary>{}</details>").format(
            exchange.question, sources_of(exchange, citation_labels(exchange), with_pdf)
        )
        for exchange in reversed(earlier)
    )
    return str(shown + Markup("").join(folded))


def sources_of(
    exchange: Exchange,
    labels: CitationLabels,
    with_pdf: Collection[str] = (),
    heading: str = "Sources",
) -> Markup:
    """Return the cards of the papers behind an answer: first, under a heading, those it cites."""
    sources = _sources(exchange, labels, with_pdf)
    if exchange.pending:
        # Keep the order of the evidence while citations arrive, so that no card moves.
        return _cards("Evidence", exchange, labels, sources)
    cited = sorted((one for one in sources if one.numbers), key=lambda one: min(one.numbers))
    others = [source for source in sources if not source.numbers]
    parts = [_cards(heading, exchange, labels, cited)] if cited else []
    if others:
        parts.append(
            Markup('<details class="others"><summary>Also read ({})</summary>{}</details>').format(
                len(others), _cards("", exchange, labels, others)
            )
        )
    return Markup("").join(parts)


def _sources(
    exchange: Exchange, labels: CitationLabels, with_pdf: Collection[str]
) -> list[_Source]:
    """Return the papers of the evidence, best first, with the sentences to highlight in each.

    Cited sentences that the model was not shown come last.
    """
    numbers = {
        (citation.paper_id, citation.span): citation.number for citation in exchange.citations
    }
    cited = (citation.evidence for citation in exchange.citations)
    evidence = list(dict.fromkeys((*exchange.evidence, *cited)))
    papers = {one.paper.id: one.paper for one in evidence}
    sources = []
    for id_, paper in papers.items():
        spans = [one.span for one in evidence if one.paper.id == id_]
        own = {span: numbers[id_, span] for span in spans if (id_, span) in numbers}
        marks = tuple(Mark(span, labels.labels[own[span]] if span in own else "") for span in spans)
        sources.append(_Source(paper, marks, tuple(sorted(own.values())), id_ in with_pdf))
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
        pdf=_pdf(exchange, source),
        id=paper.id,
    )


def _pdf(exchange: Exchange, source: _Source) -> Markup:
    """Return the link to the PDF of a paper, at the page of its first cited sentence."""
    if not source.has_pdf:
        return Markup("")
    first = min(source.numbers, default=None)
    spans = [one.span for one in exchange.citations if one.number == first]
    return pdf_link(source.paper, next(iter(spans), None))


def _quotes(exchange: Exchange, labels: CitationLabels, source: _Source) -> Markup:
    if source.numbers:
        cited = {one.number: one for one in exchange.citations}
        return Markup("").join(
            _QUOTE.format(
                labels.anchor(number),
                labels.labels[number],
                Markup(' data-pdf="{}"').format(pdf_address(source.paper, cited[number].span))
                if source.has_pdf
                else "",
                cited[number].quote,
            )
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
