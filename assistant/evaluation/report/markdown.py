"""The report's figures as Markdown, for a pull request or a results file."""

from assistant.evaluation.intervals import readable
from assistant.evaluation.judge import Judged
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
        "Machine": ", ".join(f"{key} {value}" for key, value in manifest.machine.items()),
    }
    lines = ["# Evaluation report", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items() if value]
    lines += ["", "| figure | value | 95 % interval | n |", "| --- | ---: | ---: | ---: |"]
    for title, estimate in run.metrics.rows():
        # A title indented in the terminal is a kind.
        name = title if title == title.strip() else f"– {title.strip()}"
        value = readable(estimate.value)
        lines.append(f"| {name} | {value} | {estimate.interval} | {estimate.n} |")
    if judged:
        lines += ["", f"Judged by {judged.model}: {judged.agreement}."]
    return "\n".join(lines) + "\n"
