"""The sources panel: the papers behind each answer, with their quoted sentences highlighted."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.widgets.markup import Mark, link, marked_abstract
from assistant.papers import Paper

_EMPTY = "The papers behind an answer appear here, with the quoted sentences highlighted."


@dataclass(frozen=True, slots=True)
class _Source:
    paper: Paper
    marks: tuple[Mark, ...]

    @property
    def numbers(self) -> list[int]:
        return sorted(mark.number for mark in self.marks if mark.number is not None)

    def only_cited(self) -> "_Source":
        """Return the source with only its cited sentences marked."""
        return _Source(self.paper, tuple(mark for mark in self.marks if mark.number is not None))


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
    sources = _sources(exchange)
    if exchange.pending:
        # Keep the order of the evidence while citations arrive, so that no card moves.
        return _cards("Evidence", exchange, sources)
    cited = sorted(
        (source.only_cited() for source in sources if source.numbers),
        key=lambda source: source.numbers,
    )
    others = [source for source in sources if not source.numbers]
    parts = [_cards("Sources", exchange, cited)] if cited else []
    if others:
        parts.append(
            Markup('<details class="others"><summary>Also read ({})</summary>{}</details>').format(
                len(others), _cards("", exchange, others)
            )
        )
    return Markup("").join(parts)


def _sources(exchange: Exchange) -> list[_Source]:
    """Return the papers of the evidence, best first, with the sentences to highlight in each."""
    numbers = {
        (citation.paper_id, citation.span): citation.number for citation in exchange.citations
    }
    papers = {one.paper.id: one.paper for one in exchange.evidence}
    return [
        _Source(
            paper,
            tuple(
                Mark(one.span, numbers.get((paper_id, one.span)))
                for one in exchange.evidence
                if one.paper.id == paper_id
            ),
        )
        for paper_id, paper in papers.items()
    ]


def _cards(heading: str, exchange: Exchange, sources: Sequence[_Source]) -> Markup:
    title = Markup("<h3>{}</h3>").format(heading) if heading else Markup("")
    return title + Markup("").join(_card(exchange, source) for source in sources)


def _card(exchange: Exchange, source: _Source) -> Markup:
    badges = Markup("").join(
        Markup('<span class="badge">{}</span>').format(number) for number in source.numbers
    )
    return Markup('<article class="source"><h4>{}{}</h4><p>{}</p></article>').format(
        badges,
        link(source.paper.title, source.paper.link),
        marked_abstract(source.paper.abstract, exchange.number, source.marks),
    )
