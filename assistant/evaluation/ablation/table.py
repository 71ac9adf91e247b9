"""The result of an ablation as a Markdown table and as JSON."""

import json
from pathlib import Path

from assistant.evaluation.ablation.ablate import Ablated, Ablation
from assistant.evaluation.metrics.intervals import Estimate
from assistant.evaluation.report.files import write_files

FIGURES = {
    "answer_score": "answer score",
    "groundedness": "groundedness",
    "abstention_recall": "abstention recall",
    "abstained_on_answerable": "abstained on answerable",
}
"""The metrics of the table, and their titles."""

RETRIEVAL_FIGURES = {
    "recall@1": "recall at 1",
    "recall@5": "recall at 5",
    "evidence_recall": "evidence recall",
}
"""The same for an ablation of retrieval alone, in which nothing is answered."""


def write_ablation(ablation: Ablation, folder: Path) -> Path:
    """Write ``ablation.md`` and ``ablation.json`` and return the path of the first.

    Raises:
        InputError: the folder cannot be written.
    """
    record = {
        "metrics": ablation.run.metrics.to_dict(),
        "off": [one.to_dict() for one in ablation.ablated],
    }
    write_files(
        folder,
        {
            "ablation.json": json.dumps(record, indent=2) + "\n",
            "ablation.md": ablation_markdown(ablation),
        },
    )
    return folder / "ablation.md"


def ablation_markdown(ablation: Ablation) -> str:
    """Return the contribution of each check and step as a Markdown table."""
    estimates = ablation.run.metrics.named
    titles = column_titles(ablation)
    lines = [
        f"| {' | '.join(titles)} |",
        f"| --- | {' | '.join('---:' for _ in titles[1:])} |",
        *(f"| {' | '.join(row)} |" for row in rows(ablation)),
        "",
        f"{len(ablation.run.results)} questions of {ablation.run.manifest.question_set}. With "
        "everything on: "
        + ", ".join(f"{title} {estimates[name]}" for name, title in figures_of(ablation).items())
        + ".",
    ]
    return "\n".join(lines) + "\n"


def figures_of(ablation: Ablation) -> dict[str, str]:
    """Return the metrics to show, with titles; they depend on whether questions were answered."""
    is_answered = any(prediction.answer for _, prediction in ablation.run.results)
    return FIGURES if is_answered else RETRIEVAL_FIGURES


def column_titles(ablation: Ablation) -> tuple[str, ...]:
    """Return the titles of the columns."""
    return ("off", "fired", "changed", *figures_of(ablation).values())


def rows(ablation: Ablation) -> list[tuple[str, ...]]:
    """Return a row of cells for each check and step: its contribution, with intervals."""
    return [
        (
            one.name,
            "" if one.fired is None else str(one.fired),
            str(one.changed),
            *(_contribution(one, name) for name in figures_of(ablation)),
        )
        for one in ablation.ablated
    ]


def _contribution(ablated: Ablated, name: str) -> str:
    """Return the difference that a check makes to a metric; 0 if it changes no answer."""
    difference = ablated.comparison.metrics.get(name)
    if difference is None:
        return ""
    return "0" if not difference.change.value else _signed(difference.change)


def _signed(change: Estimate) -> str:
    interval = "" if change.low is None else f" [{change.low:+.3f} to {change.high:+.3f}]"
    return f"{change.value:+.3f}{interval}"
