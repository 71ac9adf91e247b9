"""Progress bars and tables of ``assistant eval``."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.terminal.output import stdout_console

if TYPE_CHECKING:
    from assistant.evaluation import Comparison, JudgeResult, Metrics, Progress
    from assistant.evaluation.sweep import Outcome
    from assistant.library import PaperProgress

OnProgress = Callable[["Progress | PaperProgress"], None]


@contextmanager
def progress_bars() -> Iterator[Callable[[str], OnProgress]]:
    """Show progress bars with the estimated time left on standard error.

    Yields:
        A function that takes a label and returns a progress callback. The bar appears at its first
        call.
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
        # Questions take different times, so the speed is averaged over the last five minutes.
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Bars(*columns, console=Console(stderr=True), speed_estimate_period=300) as display:

        def new_bar(label: str) -> OnProgress:
            task: TaskID | None = None

            def update(progress: "Progress | PaperProgress") -> None:
                nonlocal task
                if task is None:
                    # Reused answers took no time, and must not count in the speed.
                    task = display.add_task(label, total=progress.total, completed=progress.done)
                display.update(task, completed=progress.done)

            return update

        yield new_bar


@contextmanager
def question_progress(label: str = "Answering") -> Iterator[OnProgress]:
    """Show one progress bar with the estimated time left on standard error; yield its callback."""
    with progress_bars() as new_bar:
        yield new_bar(label)


def print_metrics(metrics: "Metrics", judge_result: "JudgeResult | None" = None) -> None:
    """Print the metrics of a run as a table."""
    from assistant.evaluation.metrics.intervals import readable

    rows = [
        (title, readable(estimate.value), estimate.interval, str(estimate.n))
        for title, estimate in metrics.rows()
    ]
    _print_table(("figure", "value", "95 % interval", "n"), rows)
    if judge_result:
        stdout_console().print(f"\nJudged by {judge_result.model}: {judge_result.agreement}.")


def print_comparison(comparison: "Comparison", show: int) -> None:
    """Print the differences between two runs, and the questions whose score changed.

    Args:
        comparison: the comparison.
        show: maximum number of questions to print, largest loss first.
    """
    from assistant.evaluation.metrics.intervals import readable

    if comparison.manifest_differences:
        differences = "; ".join(comparison.manifest_differences)
        stdout_console().print(f"Made under different conditions: {differences}.\n")
    score, *others = comparison.metrics.values()
    rows = []
    for difference in (score, *comparison.by_kind, *others):
        is_kind = difference in comparison.by_kind
        rows.append(
            (
                f"  {difference.title}" if is_kind else difference.title,
                readable(difference.before),
                readable(difference.after),
                str(difference.change),
                f"{difference.p:.3f}" if difference.p >= 0.001 else "<0.001",
                "worse" if difference.worse else "better" if difference.better else "",
            )
        )
    _print_table(("figure", "before", "after", "change", "p", ""), rows)
    changed = comparison.changed
    worse = sum(question.score_after < question.score_before for question in changed)
    stdout_console().print(
        f"\n{comparison.n} questions: {worse} answered worse, {len(changed) - worse} better."
    )
    for one in changed[:show]:
        stdout_console().print(
            f"\n{one.question.id} ({one.question.kind}) {one.question.text}"
            f"\n  {one.score_before:.2f}  {one.before.answer}"
            f"\n  {one.score_after:.2f}  {one.after.answer}"
        )


def print_outcomes(outcomes: "Sequence[Outcome]") -> None:
    """Print the outcomes of a sweep as a table; a star marks the Pareto front."""
    from assistant.evaluation.metrics.intervals import readable

    rows = [
        (
            f"{'*' if one.pareto_optimal else ' '} {one.name}",
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
    stdout_console().print(table)
