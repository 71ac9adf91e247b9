"""A plan: the runs that a page of results is made from.

A plan is a TOML file; `eval/README.md` describes it.
"""

import re
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import get_args

from assistant.errors import InputError
from assistant.evaluation.toml_table import TomlTable, read_toml
from assistant.evaluation.verdict_runs import VerdictSetting
from assistant.settings import Settings

_FIELDS = ("settings", "run")
_RUN_FIELDS = (
    "name",
    "about",
    "questions",
    "papers",
    "setting",
    "standalone",
    "limit",
    "warm",
    "calibration",
    "settings",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRun:
    """One run of a plan.

    Attributes:
        name: of the run and of its file.
        about: a sentence about it, for the readers of the results.
        questions: name or path of the question set.
        papers: the files whose papers the questions are about, as paths that may hold ``*``; the
            sample papers if empty. A verdict set brings its abstracts along and needs none.
        setting: how verdict questions are put.
        standalone: whether follow-ups are asked in their standalone form.
        limit: how many questions are asked, the kinds in turn; None for all.
        warm: whether the model reads all papers before the first question.
        calibration: the path of the model's calibration, if not its own: one fitted on other
            questions than those that are asked.
        settings: of the assistant.
    """

    name: str
    about: str
    questions: str
    papers: tuple[str, ...]
    setting: VerdictSetting
    standalone: bool
    limit: int | None
    warm: bool
    calibration: str
    settings: Settings

    def paper_files(self) -> list[str]:
        """Return the files that `papers` leads to."""
        return [file for pattern in self.papers for file in _files(pattern)]

    def missing(self) -> list[str]:
        """Return the paths of the run that lead to no file on this machine."""
        # A name without a folder or an ending is that of a shipped set.
        is_path = "/" in self.questions or self.questions.endswith(".jsonl")
        paths = [*([self.questions] if is_path else []), *self.papers]
        paths += [self.calibration] if self.calibration else []
        return [path for path in paths if not _files(path)]


def load_plan(path: Path) -> list[PlannedRun]:
    """Read a plan.

    Raises:
        InputError: it cannot be read, or says something that no plan has.
    """
    plan = read_toml(path, "plan", _FIELDS)
    base = plan.settings(Settings())
    runs = [_planned(table, base) for table in plan.tables("run", _RUN_FIELDS)]
    if not runs:
        raise InputError(f"{plan.where} has no [[run]]. eval/README.md shows one.")
    names = [run.name for run in runs]
    if twice := {name for name in names if names.count(name) > 1}:
        raise InputError(f"{plan.where} has two runs named {min(twice)!r}. Rename one.")
    return runs


def _planned(table: TomlTable, base: Settings) -> PlannedRun:
    name = table.text("name")
    if not re.fullmatch(r"[\w-]+", name):
        raise InputError(
            f"{table.where}: 'name' must be letters, digits, - and _, for it names a file."
        )
    return PlannedRun(
        name=name,
        about=table.text("about"),
        questions=table.text("questions", "sample"),
        papers=table.texts("papers"),
        setting=_setting(table),
        standalone=table.flag("standalone"),
        limit=table.count("limit"),
        warm=table.flag("warm"),
        calibration=table.text("calibration", ""),
        settings=table.settings(base),
    )


def _files(pattern: str) -> list[str]:
    # Path.glob takes no absolute pattern.
    return sorted(glob(str(Path(pattern).expanduser())))  # noqa: PTH207


def _setting(table: TomlTable) -> VerdictSetting:
    wanted = table.text("setting", "end-to-end")
    settings: tuple[VerdictSetting, ...] = get_args(VerdictSetting)
    for setting in settings:
        if setting == wanted:
            return setting
    raise InputError(f"{table.where}: 'setting' must be {' or '.join(settings)}, not {wanted!r}.")
