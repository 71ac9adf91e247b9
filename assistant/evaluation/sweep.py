"""Sweeps: the same questions under many settings, and which settings are worth having.

A sweep file is TOML; `eval/README.md` describes it.
"""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation.evaluate import OnProgress, Progress, evaluate
from assistant.evaluation.metrics.intervals import Estimate
from assistant.evaluation.questions import load_questions, question_name, select
from assistant.evaluation.run import Run
from assistant.evaluation.toml_table import TomlTable, changed, read_toml
from assistant.settings import Settings

_FIELDS = {"questions", "library", "limit", "kinds", "settings", "grid", "run"}
_RUN_FIELDS = {"name", *(field.name for field in fields(Settings))}


@dataclass(frozen=True, slots=True)
class Sweep:
    """What to try.

    Attributes:
        questions: name or path of the question set.
        library: the library folder; None for the default one.
        limit: how many questions are asked, the kinds in turn; None for all.
        kinds: of which kinds; all if empty.
        variants: the settings to try, by a name that tells what is special about them.
    """

    questions: str
    library: Path | None
    limit: int | None
    kinds: tuple[str, ...]
    variants: Mapping[str, Settings]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one variant did.

    Attributes:
        name: of the variant.
        run: its answers.
        front: whether no other variant has both a better answer score and a quicker first token.
    """

    name: str
    run: Run
    front: bool

    @property
    def score(self) -> Estimate:
        """The answer score, mean over kinds."""
        return self.run.metrics.headline

    @property
    def first_token_s(self) -> Estimate:
        """The median time to the first token, in seconds."""
        return self.run.metrics.figures["first_token_s_p50"]

    @property
    def total_s(self) -> Estimate:
        """The median time of a whole answer, in seconds."""
        return self.run.metrics.figures["total_s_p50"]

    @property
    def abstained(self) -> Estimate:
        """The share of answerable questions that it abstained on."""
        return self.run.metrics.figures["abstained_on_answerable"]

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON data."""
        return {
            "name": self.name,
            "pareto_front": self.front,
            "settings": dict(self.run.manifest.settings),
            "metrics": self.run.metrics.to_dict(),
        }


def load_sweep(path: Path) -> Sweep:
    """Read a sweep file.

    Raises:
        InputError: it cannot be read, or says something that no sweep has.
    """
    table = read_toml(path, "sweep", _FIELDS)
    library = table.text("library")
    return Sweep(
        questions=table.text("questions", "sample"),
        library=Path(library).expanduser() if library else None,
        limit=table.count("limit"),
        kinds=table.texts("kinds"),
        variants=_variants(table, table.settings(Settings())),
    )


def run_sweep(
    sweep: Sweep, folder: Path, *, on_progress: OnProgress | None = None
) -> list[Outcome]:
    """Ask the questions under each variant; what was answered by an earlier start is kept.

    Args:
        sweep: what to try.
        folder: gets the predictions of each variant, in a folder of its name.
        on_progress: told how many answers there are, of all variants together.
    """
    questions = select(load_questions(sweep.questions), kinds=sweep.kinds, limit=sweep.limit)
    total = len(questions) * len(sweep.variants)
    runs: dict[str, Run] = {}
    for name, settings in sweep.variants.items():
        before = len(questions) * len(runs)

        def told(progress: Progress, before: int = before) -> None:
            if on_progress:
                on_progress(Progress(before + progress.done, total))

        own = folder / _folder_name(name)
        with _opened(sweep.library, settings, own / "library") as assistant:
            runs[name] = evaluate(
                assistant,
                questions,
                name=question_name(sweep.questions),
                out=own / "predictions.jsonl",
                on_progress=told,
            )
    front = pareto_front({name: _quality_and_time(run) for name, run in runs.items()})
    return [Outcome(name, run, name in front) for name, run in runs.items()]


def _opened(library: Path | None, settings: Settings, own: Path) -> Assistant:
    """Open the library; where its index is not made as the settings say, one of its papers."""
    with Assistant.open(library) as as_it_is:
        papers = as_it_is.papers()
        made = as_it_is.library.catalogue.meta("embedder"), as_it_is.library.chunk_word_pieces
    if made == (settings.embedder, settings.chunk_word_pieces):
        return Assistant.open(library, settings=settings)
    assistant = Assistant.open(own, settings=settings, samples=False)
    assistant.library.add(papers)
    return assistant


def pareto_front(points: Mapping[str, tuple[float, float]]) -> set[str]:
    """Return the names of the points that no other beats.

    Args:
        points: quality (more is better) and seconds (less is better) by name.
    """
    return {
        name
        for name, (quality, seconds) in points.items()
        if not any(
            q >= quality and s <= seconds and (q, s) != (quality, seconds)
            for q, s in points.values()
        )
    }


def _variants(sweep: TomlTable, base: Settings) -> dict[str, Settings]:
    """Return the settings of every cell of the grid, or of every listed run."""
    grid, listed = sweep.table("grid"), sweep.tables("run", _RUN_FIELDS)
    if bool(grid) == bool(listed):
        raise InputError("A sweep has either a [grid] of settings or a list of [[run]] entries.")
    if listed:
        changes = {one.text("name") or _label(one.values): _settings_of(one) for one in listed}
        if len(changes) < len(listed):
            raise InputError("Two [[run]] entries of the sweep have the same name. Rename one.")
    else:
        lists = [choices if isinstance(choices, list) else [choices] for choices in grid.values()]
        cells = [dict(zip(grid, cell, strict=True)) for cell in itertools.product(*lists)]
        changes = {_label(cell): cell for cell in cells}
    return {name: changed(base, change) for name, change in changes.items()}


def _settings_of(run: TomlTable) -> dict[str, Any]:
    return {name: value for name, value in run.values.items() if name != "name"}


def _folder_name(name: str) -> str:
    return re.sub(r"[^\w.]+", "-", name).strip("-.") or "run"


def _label(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in settings.items())


def _quality_and_time(run: Run) -> tuple[float, float]:
    return (
        run.metrics.headline.value or 0.0,
        run.metrics.figures["first_token_s_p50"].value or 0.0,
    )
