"""How ``assistant eval`` shows progress and figures in the terminal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.terminal.output import output

if TYPE_CHECKING:
    from assistant.evaluation import Comparison, Judged, Metrics, Progress
    from assistant.evaluation.sweep import Outcome
    from assistant.library import PaperProgress

OnProgress = Callable[["Progress | PaperProgress"], None]


@contextmanager
def bars() -> Iterator[Callable[[str], OnProgress]]:
    """Show bars with the time that is left on standard error, one for each thing that goes on.

    Yields:
        A function that takes what is being done and returns what to tell its progress. The bar
        comes with the first progress.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("elapsed,"),
        # Questions differ; the mean of the last minutes is steadier than of the last seconds.
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Bars(*columns, console=Console(stderr=True), speed_estimate_period=300) as shown:

        def bar(doing: str) -> OnProgress:
            task: TaskID | None = None

            def show(progress: "Progress | PaperProgress") -> None:
                nonlocal task
                if task is None:
                    # Kept answers took no time: they are no part of the speed.
                    task = shown.add_task(doing, total=progress.total, completed=progress.done)
                shown.update(task, completed=progress.done)

            return show

        yield bar


@contextmanager
def answering(doing: str = "Answering") -> Iterator[OnProgress]:
    """Show a bar with the time that is left on standard error while questions are answered."""
    with bars() as bar:
        yield bar(doing)


def print_metrics(metrics: "Metrics", judged: "Judged | None" = None) -> None:
    """Print the figures of a run as a table."""
    from assistant.evaluation.metrics.intervals import readable

    rows = [
        (title, readable(estimate.value), estimate.interval, str(estimate.n))
        for title, estimate in metrics.rows()
    ]
    _print_table(("figure", "value", "95 % interval", "n"), rows)
    if judged:
        output().print(f"\nJudged by {judged.model}: {judged.agreement}.")


def print_comparison(comparison: "Comparison", show: int) -> None:
    """Print what changed between two runs, and the questions that changed hands, worst first."""
    from assistant.evaluation.metrics.intervals import readable

    if comparison.made_otherwise:
        output().print(f"Made otherwise: {'; '.join(comparison.made_otherwise)}.\n")
    score, *others = comparison.metrics.values()
    rows = []
    for one in (score, *comparison.by_kind, *others):
        verdict = "worse" if one.worse else "better" if one.better else ""
        title = f"  {one.title}" if one in comparison.by_kind else one.title
        rows.append(
            (
                title,
                readable(one.before),
                readable(one.after),
                str(one.change),
                f"{one.p:.3f}" if one.p >= 0.001 else "<0.001",
                verdict,
            )
        )
    _print_table(("figure", "before", "after", "change", "p", ""), rows)
    changed = comparison.changed
    worse = sum(case.score_after < case.score_before for case in changed)
    output().print(
        f"\n{comparison.n} questions: {worse} answered worse, {len(changed) - worse} better."
    )
    for case in changed[:show]:
        output().print(
            f"\n{case.question.id} ({case.question.kind}) {case.question.text}"
            f"\n  {case.score_before:.2f}  {case.before.answer}"
            f"\n  {case.score_after:.2f}  {case.after.answer}"
        )


def print_outcomes(outcomes: "Sequence[Outcome]") -> None:
    """Print the table of a sweep; a star marks the Pareto front."""
    from assistant.evaluation.metrics.intervals import readable

    rows = [
        (
            f"{'*' if one.front else ' '} {one.name}",
            str(one.score),
            str(one.abstained),
            readable(one.first_token_s.value),
            readable(one.total_s.value),
        )
        for one in outcomes
    ]
    titles = ("settings", "answer score", "abstained on answerable", "first token, s", "total, s")
    _print_table(titles, rows)


def _print_table(titles: "Sequence[str]", rows: "Sequence[Sequence[str]]") -> None:
    from rich.table import Table

    table = Table(*titles, box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows:
        table.add_row(*row)
    output().print(table)
