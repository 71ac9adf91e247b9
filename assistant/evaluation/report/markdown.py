"""The report of a run as Markdown, for a pull request or a results file."""

from collections.abc import Mapping

from assistant.evaluation.judge.grade import JudgeResult
from assistant.evaluation.metrics.intervals import readable
from assistant.evaluation.run import Run


def markdown(run: Run, judge_result: JudgeResult | None = None) -> str:
    """Return the metrics of a run as a Markdown table, with the conditions of the run."""
    manifest = run.manifest
    facts = {
        "Question set": manifest.question_set,
        "Questions": str(len(run.results)),
        "System": manifest.system,
        "Model": manifest.model,
        "Library": manifest.library,
        "Prompts": manifest.prompts,
        "Started": manifest.started,
        "Machine": listed(manifest.machine),
    }
    lines = ["# Evaluation report", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items() if value]
    lines += ["", "| figure | value | 95 % interval | n |", "| --- | ---: | ---: | ---: |"]
    for title, estimate in run.metrics.rows():
        value = readable(estimate.value)
        lines.append(f"| {row_title(title)} | {value} | {estimate.interval} | {estimate.n} |")
    if judge_result:
        lines += ["", f"Judged by {judge_result.model}: {judge_result.agreement}."]
    return "\n".join(lines) + "\n"


def row_title(title: str) -> str:
    """Return the title of a metric for a Markdown table.

    Titles of single kinds are indented in the terminal, and get a dash here.
    """
    return title if title == title.strip() else f"– {title.strip()}"


def listed(values: Mapping[str, str | int]) -> str:
    """Return names and values on one line."""
    return ", ".join(f"{name} {value}" for name, value in values.items())
