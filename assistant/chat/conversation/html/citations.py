"""The citations of an exchange as the page numbers them: one number for each paper."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.chat.conversation.exchange import Exchange
from assistant.papers import Paper

_MARK = Markup('<a class="citation" href="#{}" aria-label="Source {}">[{}]</a>')


@dataclass(frozen=True, slots=True)
class CitationLabels:
    """How the citations of an exchange are labelled.

    Attributes:
        place: where the citations are; part of the element ids of the sentences that they cite.
        labels: by citation number: the number of the paper, and a letter if more than one of its
            sentences is cited, such as ``2`` or ``1a``.
        papers: the cited papers, by citation number.
        order: the number of each cited paper, by its id.
    """

    place: str
    labels: Mapping[int, str]
    papers: Mapping[int, Paper]
    order: Mapping[str, int]

    def marks(self, numbers: Sequence[int]) -> Markup:
        """Return ``[1a][2]``, each linked to the sentence it cites."""
        return Markup("").join(
            _MARK.format(self.anchor(number), label, label)
            for number, label in ((one, self.labels.get(one, str(one))) for one in numbers)
        )

    def anchor(self, number: int) -> str:
        """Return the element id of the sentence that a citation cites."""
        return f"source-{self.place}-{number}"


def citation_labels(exchange: Exchange, place: str = "") -> CitationLabels:
    """Return the labels of the citations of an exchange, papers in the order of their citation.

    Args:
        exchange: the exchange.
        place: where it is shown, if not in its conversation: both may be on the page.
    """
    papers = {citation.number: citation.evidence.paper for citation in exchange.citations}
    ids = dict.fromkeys(paper.id for _, paper in sorted(papers.items()))
    order = {id_: place for place, id_ in enumerate(ids, 1)}
    cited = Counter(paper.id for paper in papers.values())
    seen: Counter[str] = Counter()
    labels = {}
    for number, paper in sorted(papers.items()):
        seen[paper.id] += 1
        letter = _letter(seen[paper.id]) if cited[paper.id] > 1 else ""
        labels[number] = f"{order[paper.id]}{letter}"
    return CitationLabels(place or str(exchange.number), labels, papers, order)


def _letter(place: int) -> str:
    """Return a, b, ..., z, aa, ab, ... for 1, 2, ..."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
