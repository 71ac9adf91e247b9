"""The numbers that abstracts report, as rows that can be filtered and ordered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.quantities import find_quantities
from assistant.text.sentences import sentence_spans

# Characters before and after a number that say what it measures.
_CONTEXT = 90


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A number in an abstract.

    Attributes:
        evidence: the sentence.
        written: the number as written, without its unit.
        amount: in the base unit of its dimension.
        dimension: what it measures, such as "percent", "times" or "bytes" (see
            `assistant.text.quantities`).
        context: the text around it.
    """

    evidence: Evidence
    written: str
    amount: float
    dimension: str
    context: str


def result_rows(papers: Sequence[Paper]) -> Iterator[ResultRow]:
    """Yield the numbers of abstracts, in reading order."""
    for paper in papers:
        yield from _rows_of(paper)


@lru_cache(maxsize=20_000)
def _rows_of(paper: Paper) -> tuple[ResultRow, ...]:
    rows: list[ResultRow] = []
    for span in sentence_spans(paper.abstract):
        text = span.of(paper.abstract)
        evidence = Evidence(paper, span, 0.0)
        for quantity in find_quantities(text):
            if not quantity.explicit:
                continue
            context = text[max(0, quantity.start - _CONTEXT) : quantity.start + _CONTEXT]
            rows += [
                ResultRow(evidence, quantity.written, one.amount, one.dimension, context)
                for one in quantity.interpretations
            ]
    return tuple(rows)
