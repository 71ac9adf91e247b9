"""Progress bars and tables of ``assistant eval``."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.terminal.output import stdout_console

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.evaluation import Comparison, JudgeResult, Metrics, Progress
    from assistant.evaluation.ablation.ablate import Ablation
    from assistant.evaluation.comparison.history import Entry
    from assistant.evaluation.comparison.power import Variation
    from assistant.evaluation.ranking.measures import RankingResult
    from assistant.evaluation.routing import Routing
    from assistant.evaluation.sweep import Outcome
    from assistant.library import PaperProgress

# Often enough to show that a run is alive, and rarely enough for a log.
_LINE_EVERY_S = 30.0

OnProgress = Callable[["Progress | PaperProgress"], None]


@contextmanager
def progress_bars() -> Iterator[Callable[[str], OnProgress]]:
    """Show progress on standard error: bars on a terminal, else a line every 30 seconds.

    Yields:
        A function that takes a label and returns a progress callback. The bar appears at its first
        call.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield progress_lines
        return
    with _bars(console) as new_bar:
        yield new_bar


def progress_lines(label: str, now: Callable[[], float] = time.monotonic) -> OnProgress:
    """Return a progress callback that prints a line to standard error every 30 seconds.

    Args:
        label: what is being counted.
        now: the time in seconds.
    """
    start = now()
    printed, first_done = start, None

    def update(progress: "Progress | PaperProgress") -> None:
        nonlocal printed, first_done
        if first_done is None:
            first_done = progress.done  # reused answers took no time
        time_s, done = now(), progress.done
        if time_s - printed < _LINE_EVERY_S and done < progress.total:
            return
        printed = time_s
        left = ""
        if first_done < done < progress.total:
            left_s = (time_s - start) / (done - first_done) * (progress.total - done)
            left = f", about {_minutes(left_s)} left"
        print(
            f"{label}: {done} of {progress.total}, {_minutes(time_s - start)} elapsed{left}",
            file=sys.stderr,
            flush=True,
        )

    return update


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


@contextmanager
def _bars(console: "Console") -> Iterator[Callable[[str], OnProgress]]:
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
    with Bars(*columns, console=console, speed_estimate_period=300) as display:

        def new_bar(label: str) -> OnProgress:
            task: TaskID | None = None

            def update(progress: "Progress | PaperProgress") -> None:
                nonlocal task
                if task is None:
                    # Reused answers took no time, and must not count towards the speed.
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
    print_table(("figure", "value", "95 % interval", "n"), rows)
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
    print_table(("figure", "before", "after", "change", "p", ""), rows)
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
    print_table(titles, rows)


def print_ablation(ablation: "Ablation") -> None:
    """Print what each check and step contributes, one per row."""
    from assistant.evaluation.ablation.table import column_titles, rows

    print_table(column_titles(ablation), rows(ablation))


def print_history(entries: "Sequence[Entry]", names: Sequence[str]) -> None:
    """Print a table for each figure, with a run per row and its value as a bar."""
    from assistant.evaluation.metrics.measure import TITLES
    from assistant.evaluation.report.history_chart import row, top_of

    titles = ("started", "commit", "series", "model", "value", "95 % interval", "n")
    for name in names:
        top = top_of(entries, name)
        stdout_console().print(f"{TITLES.get(name, name).strip()}, bars from 0 to {top:g}")
        print_table((*titles, ""), [row(entry, name, top) for entry in entries], bars=True)


def print_power(
    variation: "Variation", needed: Mapping[float, int], found: float, power: float
) -> None:
    """Print how many questions it takes to detect differences.

    Args:
        variation: between two runs, or from one.
        needed: the number of questions by difference.
        found: the smallest difference that the given questions detect.
        power: the probability of detecting it.
    """
    title = variation.metric.title
    observed = variation.observed
    print_table(
        (f"difference in {title.lower()}", "questions"),
        [(f"{size:g}", str(n)) for size, n in needed.items()],
    )
    stdout_console().print(
        f"\nWith the {variation.n} questions at hand, a difference of {found:.3f} is found with a "
        f"probability of {power:g}"
        + ("." if observed is None else f"; observed was {observed:+.3f}.")
    )


def print_rankings(results: "Sequence[RankingResult]") -> None:
    """Print how well systems rank, one system per row."""
    from assistant.evaluation.metrics.intervals import readable
    from assistant.evaluation.ranking.measures import MEASURES

    rows = [
        (
            one.system,
            *(str(one.measures[name]) for name in MEASURES),
            *(readable(one.seconds_quantile(q).value) for q in (0.5, 0.95)),
        )
        for one in results
    ]
    print_table(("ranking", *MEASURES, "median, s", "95th, s"), rows)


def print_routing(results: "Sequence[Routing]") -> None:
    """Print how many questions are planned as the right kind, and as which kind the others are."""
    from assistant.evaluation.metrics.intervals import readable

    for one in results:
        left_out = f"; {one.left_out} that may be of any kind are left out" if one.left_out else ""
        stdout_console().print(f"{one.name}: {len(one.routed)} questions{left_out}")
        rows = [
            (
                kind,
                str(round((share.value or 0.0) * share.n)),
                str(share.n),
                readable(share.value),
                share.interval,
            )
            for kind, share in {"all": one.right, **one.by_kind}.items()
        ]
        print_table(("kind", "planned right", "of", "share", "95 % interval"), rows)
        stdout_console().print()
        if one.confusions:
            wrong = [
                (f"{right} as {planned}", str(n)) for (right, planned), n in one.confusions.items()
            ]
            print_table(("planned wrong", "n"), wrong)
            stdout_console().print()


def print_table(
    titles: "Sequence[str]", rows: "Sequence[Sequence[str]]", *, bars: bool = False
) -> None:
    """Print a table; numbers are right-aligned, and a last column of bars is not."""
    from rich.table import Table

    table = Table(*titles, box=None, pad_edge=False)
    for column in table.columns[1 : -1 if bars else None]:
        column.justify = "right"
    for row in rows:
        table.add_row(*row)
    stdout_console().print(table)
