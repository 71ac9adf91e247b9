"""Metrics: one module each, and the table of those that have a value per question.

To add a metric, write its function and add a line to the table.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.evaluation.metrics.abstention import (
    abstained_on_answerable,
    abstention_precision,
    abstention_recall,
)
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.metrics.citations import citation_precision, citation_recall, groundedness
from assistant.evaluation.metrics.collection import (
    for_subject,
    set_f1,
    set_precision,
    set_recall,
)
from assistant.evaluation.metrics.evidence import evidence_recall
from assistant.evaluation.metrics.latency import timing
from assistant.evaluation.metrics.retrieval import ndcg_at_10, recall_at, reciprocal_rank
from assistant.evaluation.metrics.verdicts import verdict_accuracy
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import SUBJECTS, Question


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric with a value per question.

    Attributes:
        name: its name in files and on the command line.
        title: its title for display.
        value: computes the value from a question and its answer; None where it does not apply.
        higher_is_better: whether a higher value is better.
        paired: whether two runs can be compared by it question by question. Not if it applies only
            to questions that the system selects, as abstention precision does.
    """

    name: str
    title: str
    value: Callable[[Question, Prediction], float | None]
    higher_is_better: bool = True
    paired: bool = True


ANSWER_SCORE = Metric("answer_score", "Answer score", answer_score)

_SETS = (
    Metric("set_precision", "Set precision", set_precision),
    Metric("set_recall", "Set recall", set_recall),
    Metric("set_f1", "Set F1", set_f1),
)

SHARES = (
    Metric("recall@1", "Recall at 1", recall_at(1)),
    Metric("recall@3", "Recall at 3", recall_at(3)),
    Metric("recall@5", "Recall at 5", recall_at(5)),
    Metric("recall@10", "Recall at 10", recall_at(10)),
    Metric("mrr", "Mean reciprocal rank", reciprocal_rank),
    Metric("ndcg@10", "nDCG at 10", ndcg_at_10),
    Metric("evidence_recall", "Evidence recall", evidence_recall),
    Metric("citation_precision", "Citation precision", citation_precision),
    Metric("citation_recall", "Citation recall", citation_recall),
    Metric("groundedness", "Groundedness", groundedness),
    Metric("abstention_precision", "Abstention precision", abstention_precision, paired=False),
    Metric("abstention_recall", "Abstention recall", abstention_recall),
    Metric("abstained_on_answerable", "Abstained on answerable", abstained_on_answerable, False),
    Metric("verdict_accuracy", "Verdict accuracy", verdict_accuracy),
    *_SETS,
    *(
        Metric(f"{metric.name}.{subject}", f"  {subject}: {metric.title}", value)
        for subject in SUBJECTS
        for metric in _SETS
        for value in [for_subject(subject, metric.value)]
    ),
)

COSTS = (
    Metric("first_token_s", "First token, s", timing("first_token_s"), False),
    Metric("total_s", "Whole answer, s", timing("total_s"), False),
    Metric("retrieval_s", "Retrieval, s", timing("retrieval_s"), False),
    Metric("prompt_tokens", "Prompt tokens", timing("prompt_tokens"), False),
    Metric("cached_tokens", "Cached tokens", timing("cached_tokens")),
    Metric("completion_tokens", "Written tokens", timing("completion_tokens"), False),
)

METRICS = {metric.name: metric for metric in (ANSWER_SCORE, *SHARES, *COSTS)}

__all__ = ["ANSWER_SCORE", "COSTS", "METRICS", "SHARES", "Metric"]
