"""The results of a plan as Markdown: the runs side by side, and what they depend on."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from assistant.evaluation.manifest import Manifest
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.metrics.intervals import Estimate, readable
from assistant.evaluation.metrics.measure import TITLES
from assistant.evaluation.plans.plan import PlannedRun
from assistant.evaluation.questions import KINDS, VERDICT
from assistant.evaluation.report.markdown import listed, row_title
from assistant.evaluation.run import Run
from assistant.settings import Settings

Done = tuple[PlannedRun, Run]

_LIBRARY_SCORES = ("answer_score", *(f"answer_score.{kind}" for kind in KINDS if kind != VERDICT))
_VERDICT_SCORES = ("verdict_accuracy", "verdict_macro_f1")
_FIGURES = (
    "abstained_on_answerable",
    "abstention_recall",
    "abstention_precision",
    "answerable_auc",
    "risk_coverage_area",
    "calibration_error",
    "recall@1",
    "recall@3",
    "recall@5",
    "recall@10",
    "mrr",
    "ndcg@10",
    "evidence_recall",
    "citation_precision",
    "citation_recall",
    "groundedness",
    *(name for name in METRICS if name.startswith("set_")),
    "first_token_s_p50",
    "first_token_s_p95",
    "total_s_p50",
    "total_s_p95",
)
_GUIDE = """\
Each cell is a figure, its 95 % interval, and n, the number of questions that it is taken from. All
but the seconds lie between 0 and 1. More is better, but for *abstained on answerable*,
*risk-coverage area*, *calibration error* and the seconds. *Abstention recall* is the share of the
unanswerable questions that were abstained on; an answerable question that was abstained on has the
answer score 0. `eval/README.md` says how each figure is worked out. Intervals that overlap do not
mean that two runs are alike: `assistant eval compare` tells, question by question."""


def results_markdown(
    done: Sequence[Done],
    left_out: Sequence[PlannedRun],
    command: str,
    appended: Sequence[str] = (),
) -> str:
    """Return the figures of the runs of a plan.

    Args:
        done: the planned runs, each with its answers.
        left_out: the planned runs whose files are not on this machine.
        command: what makes this text again.
        appended: what comes at the end: figures that other commands made, as Markdown.
    """
    manifests = [run.manifest for _, run in done]
    parts = [
        "# Results",
        f"Made by this command; to change a figure, run it again:\n\n```console\n$ {command}\n```",
        _facts(manifests),
        _GUIDE,
        "## Runs",
        _runs(done),
    ]
    if left_out:
        names = ", ".join(planned.name for planned in left_out)
        parts.append(f"Left out, because their files were not there: {names}.")
    of_library = [one for one in done if not _is_verdict(one)]
    of_verdicts = [one for one in done if _is_verdict(one)]
    if of_library:
        parts += ["## Questions about a library", _table(of_library, _LIBRARY_SCORES)]
    if of_verdicts:
        parts += ["## Verdicts", _table(of_verdicts, _VERDICT_SCORES)]
    parts += [text.strip() for text in appended]
    return "\n\n".join(parts) + "\n"


def _is_verdict(one: Done) -> bool:
    _, run = one
    return all(question.kind == VERDICT for question, _ in run.results)


def _facts(manifests: Sequence[Manifest]) -> str:
    """Return what the runs have in common; where they differ, all that there is."""
    facts: dict[str, Callable[[Manifest], str]] = {
        "Date": lambda manifest: manifest.started[:10],
        "Model": lambda manifest: manifest.model,
        "Machine": lambda manifest: listed(manifest.machine),
        "Prompts": lambda manifest: manifest.prompts,
        "Code": lambda manifest: manifest.code,
        "Versions": lambda manifest: listed(manifest.versions),
    }
    lines = []
    for name, of in facts.items():
        values = dict.fromkeys(of(manifest) for manifest in manifests)
        lines.append(f"- {name}: {'; '.join(values)}")
    return "\n".join(lines)


def _runs(done: Sequence[Done]) -> str:
    lines = [
        "| run | question set | questions | library | settings | what it is |",
        "| --- | --- | ---: | --- | --- | --- |",
    ]
    for planned, run in done:
        manifest = run.manifest
        settings = [_changed_settings(manifest), "papers read ahead" if planned.warm else ""]
        lines.append(
            f"| {planned.name} | {manifest.question_set} | {len(run.results)} "
            f"| {manifest.library} | {', '.join(filter(None, settings)) or 'default'} "
            f"| {planned.about} |"
        )
    return "\n".join(lines)


def _changed_settings(manifest: Manifest) -> str:
    default = asdict(Settings())
    # The model is told above, with its fingerprint.
    return ", ".join(
        f"{name} {value}"
        for name, value in manifest.settings.items()
        if name != "model" and value != default.get(name)
    )


def _table(done: Sequence[Done], scores: Sequence[str]) -> str:
    """Return a row for each figure that a run has, and a column for each run."""
    columns = [run.metrics.named for _, run in done]
    lines = [
        f"| figure | {' | '.join(planned.name for planned, _ in done)} |",
        f"| --- |{' ---: |' * len(done)}",
    ]
    for name in (*scores, *_FIGURES):
        cells = [_cell(column.get(name)) for column in columns]
        if any(cells):
            lines.append(f"| {row_title(TITLES[name])} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(estimate: Estimate | None) -> str:
    if estimate is None or estimate.value is None:
        return ""
    interval = f" [{estimate.interval}]" if estimate.interval else ""
    return f"{readable(estimate.value)}{interval}, n = {estimate.n}"
