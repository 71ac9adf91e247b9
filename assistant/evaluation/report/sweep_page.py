"""The report of a sweep: a table, and a plot of answer score over time to the first token."""

import json
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from assistant.evaluation.metrics.intervals import readable
from assistant.evaluation.report.charts import Point, pareto_chart
from assistant.evaluation.report.files import write_files
from assistant.evaluation.report.page import environment
from assistant.evaluation.sweep import Outcome


def write_sweep(outcomes: Sequence[Outcome], folder: Path) -> Path:
    """Write ``sweep.html``, ``sweep.md`` and ``sweep.json`` and return the path of the page.

    Raises:
        InputError: the folder cannot be written.
    """
    record = [outcome.to_dict() for outcome in outcomes]
    write_files(
        folder,
        {
            "sweep.json": json.dumps(record, indent=2) + "\n",
            "sweep.md": sweep_markdown(outcomes),
            "sweep.html": sweep_page(outcomes),
        },
    )
    return folder / "sweep.html"


def sweep_page(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes of a sweep as a self-contained HTML page."""
    points = [
        Point(one.name, one.first_token_s.value or 0.0, one.score.value or 0.0, one.pareto_optimal)
        for one in outcomes
    ]
    chart = pareto_chart(points, "first token, median, s", "answer score")
    template = environment().get_template("sweep.html.jinja")
    return template.render(outcomes=outcomes, chart=Markup(chart))


def sweep_markdown(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes of a sweep as a Markdown table, with the Pareto front in bold."""
    lines = [
        "| settings | answer score | abstained on answerable | first token, s | total, s |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for one in outcomes:
        name = f"**{one.name}**" if one.pareto_optimal else one.name
        first, total = readable(one.first_token_s.value), readable(one.total_s.value)
        lines.append(f"| {name} | {one.score} | {one.abstained} | {first} | {total} |")
    return "\n".join(lines) + "\n"
