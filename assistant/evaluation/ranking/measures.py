"""Measures of rankings against graded judgements, as trec_eval defines them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.evaluation.metrics import intervals
from assistant.evaluation.metrics.intervals import Estimate
from assistant.evaluation.ranking.collection import Ranking, TestCollection

Measure = Callable[[Sequence[str], Mapping[str, int]], float]


def ndcg_at(depth: int) -> Measure:
    """Return the measure nDCG at ``depth``, with the relevance as the gain."""

    def ndcg(ranked: Sequence[str], relevance: Mapping[str, int]) -> float:
        gains = [max(relevance.get(document, 0), 0) for document in ranked[:depth]]
        ideal = sorted((value for value in relevance.values() if value > 0), reverse=True)
        return _discounted(gains) / _discounted(ideal[:depth])

    return ndcg


def recall_at(depth: int) -> Measure:
    """Return the measure recall at ``depth``."""

    def recall(ranked: Sequence[str], relevance: Mapping[str, int]) -> float:
        relevant = {document for document, value in relevance.items() if value > 0}
        return len(relevant.intersection(ranked[:depth])) / len(relevant)

    return recall


def reciprocal_rank(ranked: Sequence[str], relevance: Mapping[str, int]) -> float:
    """Return 1 / rank of the first relevant document; 0 if none is ranked."""
    ranks = (rank for rank, one in enumerate(ranked, start=1) if relevance.get(one, 0) > 0)
    return next((1 / rank for rank in ranks), 0.0)


MEASURES: dict[str, Measure] = {
    "ndcg@10": ndcg_at(10),
    "recall@10": recall_at(10),
    "recall@100": recall_at(100),
    "mrr": reciprocal_rank,
}
"""The measures by name."""


@dataclass(frozen=True, slots=True)
class RankingResult:
    """How well one system ranks the documents of a test collection.

    Attributes:
        system: its name.
        measures: the mean over queries by the name of the measure, with intervals.
        seconds: the time of each query; empty if it is not known.
    """

    system: str
    measures: Mapping[str, Estimate]
    seconds: Sequence[float] = ()

    def seconds_quantile(self, q: float) -> Estimate:
        """Return a quantile of the seconds per query, such as the median for ``q`` 0.5."""
        return intervals.quantile(self.seconds, q)

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON data."""
        named = dict(self.measures)
        if self.seconds:
            named |= {
                "seconds_p50": self.seconds_quantile(0.5),
                "seconds_p95": self.seconds_quantile(0.95),
            }
        return {"system": self.system} | {name: asdict(one) for name, one in named.items()}


def measure_rankings(
    system: str,
    rankings: Mapping[str, Ranking],
    collection: TestCollection,
    seconds: Sequence[float] = (),
) -> RankingResult:
    """Measure the rankings of one system.

    The mean is over all judged queries. A query without a ranking counts as 0. A document with the
    id of the query is left out, as in BEIR.
    """
    per_query = {name: list[float]() for name in MEASURES}
    for query in collection.judged:
        ranked = [document for document, _ in rankings.get(query, ()) if document != query]
        for name, measure in MEASURES.items():
            per_query[name].append(measure(ranked, collection.relevance[query]))
    means = {name: intervals.mean(values) for name, values in per_query.items()}
    return RankingResult(system, means, seconds)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
