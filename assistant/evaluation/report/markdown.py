"""The report's figures as Markdown, for a pull request or a results file."""

from collections.abc import Mapping

from assistant.evaluation.judge.grade import Judged
from assistant.evaluation.metrics.intervals import readable
from assistant.evaluation.run import Run


def markdown(run: Run, judged: Judged | None = None) -> str:
    """Return the figures of a run as a Markdown table, with what they depend on."""
    manifest = run.manifest
    facts = {
        "Question set": manifest.question_set,
        "Questions": str(len(run.results)),
        "System": manifest.system,
        "Model": manifest.model,
        "Library": manifest.library,
        "Prompts": manifest.prompts,
        "Begun": manifest.started,
        "Machine": listed(manifest.machine),
    }
    lines = ["# Evaluation report", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items() if value]
    lines += ["", "| figure | value | 95 % interval | n |", "| --- | ---: | ---: | ---: |"]
    for title, estimate in run.metrics.rows():
        value = readable(estimate.value)
        lines.append(f"| {row_title(title)} | {value} | {estimate.interval} | {estimate.n} |")
    if judged:
        lines += ["", f"Judged by {judged.model}: {judged.agreement}."]
    return "\n".join(lines) + "\n"


def row_title(title: str) -> str:
    """Return the title of a figure as a table has it; one indented in the terminal is a kind."""
    return title if title == title.strip() else f"– {title.strip()}"


def listed(values: Mapping[str, str | int]) -> str:
    """Return names and their values on one line."""
    return ", ".join(f"{name} {value}" for name, value in values.items())
