"""Sweeps: ask the same questions under many settings and find the Pareto-optimal ones.

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
from assistant.evaluation.question_sets import load_questions, question_name
from assistant.evaluation.questions import select
from assistant.evaluation.run import Run
from assistant.evaluation.toml_table import TomlTable, read_toml, updated_settings
from assistant.settings import Settings

_FIELDS = {"questions", "library", "limit", "kinds", "settings", "grid", "run"}
_RUN_FIELDS = {"name", "preset", *(field.name for field in fields(Settings))}


@dataclass(frozen=True, slots=True)
class Sweep:
    """The contents of a sweep file.

    Attributes:
        questions: name or path of the question set.
        library: the library folder; None for the default one.
        limit: maximum number of questions, taken from the kinds in turn; None for all.
        kinds: kinds of questions to ask; all if empty.
        variants: the settings to try, by a name that describes them.
    """

    questions: str
    library: Path | None
    limit: int | None
    kinds: tuple[str, ...]
    variants: Mapping[str, Settings]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one variant.

    Attributes:
        name: name of the variant.
        run: its answers.
        pareto_optimal: whether no other variant is at least as good in answer score and time to
            the first token and better in one of them.
    """

    name: str
    run: Run
    pareto_optimal: bool

    @property
    def score(self) -> Estimate:
        """The answer score, mean over kinds."""
        return self.run.metrics.headline

    @property
    def first_token_s(self) -> Estimate:
        """Median time to the first token, in seconds."""
        return self.run.metrics.figures["first_token_s_p50"]

    @property
    def total_s(self) -> Estimate:
        """Median time to the complete answer, in seconds."""
        return self.run.metrics.figures["total_s_p50"]

    @property
    def abstained(self) -> Estimate:
        """Share of the answerable questions that were abstained on."""
        return self.run.metrics.figures["abstained_on_answerable"]

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON data."""
        return {
            "name": self.name,
            "pareto_front": self.pareto_optimal,
            "settings": dict(self.run.manifest.settings),
            "metrics": self.run.metrics.to_dict(),
        }


def load_sweep(path: Path) -> Sweep:
    """Read a sweep file.

    Raises:
        InputError: it cannot be read or is not valid.
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
    """Ask the questions under each variant, reusing the answers of an interrupted sweep.

    Args:
        sweep: the variants and the questions.
        folder: receives the predictions of each variant, in a folder named after it.
        on_progress: called with the number of answers over all variants.
    """
    questions = select(load_questions(sweep.questions), kinds=sweep.kinds, limit=sweep.limit)
    total = len(questions) * len(sweep.variants)
    runs: dict[str, Run] = {}
    for name, settings in sweep.variants.items():
        before = len(questions) * len(runs)

        def report(progress: Progress, before: int = before) -> None:
            if on_progress:
                on_progress(Progress(before + progress.done, total))

        variant_folder = folder / _folder_name(name)
        with _open_assistant(sweep.library, settings, variant_folder / "library") as assistant:
            runs[name] = evaluate(
                assistant,
                questions,
                name=question_name(sweep.questions),
                out=variant_folder / "predictions.jsonl",
                on_progress=report,
            )
    front = pareto_front({name: _score_and_seconds(run) for name, run in runs.items()})
    return [Outcome(name, run, name in front) for name, run in runs.items()]


def _open_assistant(library: Path | None, settings: Settings, copy: Path) -> Assistant:
    """Open the library, or a copy of it if the settings need another index.

    Args:
        library: the library folder; None for the default one.
        settings: the assistant's settings.
        copy: folder for a library with the same papers and an index made with these settings.
    """
    with Assistant.open(library) as existing:
        papers = existing.papers()
        index = existing.library.catalogue.meta("embedder"), existing.library.chunk_word_pieces
    if index == (settings.embedder, settings.chunk_word_pieces):
        return Assistant.open(library, settings=settings)
    assistant = Assistant.open(copy, settings=settings, samples=False)
    assistant.library.add(papers)
    return assistant


def pareto_front(points: Mapping[str, tuple[float, float]]) -> set[str]:
    """Return the names of the points that no other point dominates.

    Args:
        points: quality (higher is better) and seconds (lower is better) by name.
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
    grid, runs = sweep.table("grid"), sweep.tables("run", _RUN_FIELDS)
    if bool(grid) == bool(runs):
        raise InputError("A sweep needs either a [grid] of settings or a list of [[run]] entries.")
    if runs:
        changes = {run.text("name") or _label(run.values): _settings_of(run) for run in runs}
        if len(changes) < len(runs):
            raise InputError("Two [[run]] entries of the sweep have the same name. Rename one.")
    else:
        lists = [choices if isinstance(choices, list) else [choices] for choices in grid.values()]
        cells = [dict(zip(grid, cell, strict=True)) for cell in itertools.product(*lists)]
        changes = {_label(cell): cell for cell in cells}
    return {name: updated_settings(base, change) for name, change in changes.items()}


def _settings_of(run: TomlTable) -> dict[str, Any]:
    return {name: value for name, value in run.values.items() if name != "name"}


def _folder_name(name: str) -> str:
    return re.sub(r"[^\w.]+", "-", name).strip("-.") or "run"


def _label(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in settings.items())


def _score_and_seconds(run: Run) -> tuple[float, float]:
    return (
        run.metrics.headline.value or 0.0,
        run.metrics.figures["first_token_s_p50"].value or 0.0,
    )
