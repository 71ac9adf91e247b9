"""The figures of a run that matter to readers without a background in statistics."""

SHARES = {
    "answer_score": "Answers that are right",
    "recall@1": "Questions for which the right paper is found first",
    "citation_precision": "Citations that support their sentence",
    "groundedness": "Sentences with support in the papers",
    "abstention_recall": "Declined where the papers have no answer",
    "abstained_on_answerable": "Declined although the papers have the answer",
    "verdict_accuracy": "Right verdicts on yes/no questions",
}
"""What a share means, by the name of its metric; the most important first."""

SECONDS = "Seconds for an answer, on average"
"""What the mean of the metric ``total_s`` means."""


def shown(value: float, *, as_share: bool) -> str:
    """Return a figure as text: a share as a percentage, a time with one decimal place."""
    return f"{value:.0%}" if as_share else f"{value:.1f}"
