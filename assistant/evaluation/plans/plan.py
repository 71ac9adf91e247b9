"""A plan: the runs that a results page is generated from.

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
        name: name of the run and of its predictions file.
        about: description for the readers of the results.
        questions: name or path of the question set.
        papers: files with the papers that the questions are about, as paths or glob patterns; the
            sample papers if empty. Verdict sets that include their abstracts need none.
        setting: which abstracts the library holds for such a verdict set.
        standalone: whether follow-ups are asked in their standalone form.
        limit: maximum number of questions, taken from the kinds in turn; None for all.
        warm: whether the model reads all papers before the first question.
        calibration: path of a calibration to use in place of the model's, so that it is not fitted
            on the questions asked; empty for the model's.
        settings: the assistant's settings.
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
        """Return the files that `papers` matches."""
        return [file for pattern in self.papers for file in _files(pattern)]

    def missing(self) -> list[str]:
        """Return the paths and patterns of the run that match no file on this machine."""
        # A name without a folder or a file extension is that of a shipped set.
        is_path = "/" in self.questions or self.questions.endswith(".jsonl")
        paths = [*([self.questions] if is_path else []), *self.papers]
        paths += [self.calibration] if self.calibration else []
        return [path for path in paths if not _files(path)]


def load_plan(path: Path) -> list[PlannedRun]:
    """Load a plan.

    Raises:
        InputError: it cannot be read or is not valid.
    """
    plan = read_toml(path, "plan", _FIELDS)
    base = plan.settings(Settings())
    runs = [_planned(table, base) for table in plan.tables("run", _RUN_FIELDS)]
    if not runs:
        raise InputError(f"{plan.where} has no [[run]]. See eval/README.md for an example.")
    names = [run.name for run in runs]
    if duplicates := {name for name in names if names.count(name) > 1}:
        raise InputError(f"{plan.where} has two runs named {min(duplicates)!r}. Rename one.")
    return runs


def _planned(table: TomlTable, base: Settings) -> PlannedRun:
    name = table.text("name")
    if not re.fullmatch(r"[\w-]+", name):
        raise InputError(
            f"{table.where}: 'name' must be letters, digits, - and _, since it names a file."
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
    # Path.glob does not support absolute patterns.
    return sorted(glob(str(Path(pattern).expanduser())))  # noqa: PTH207


def _setting(table: TomlTable) -> VerdictSetting:
    value = table.text("setting", "end-to-end")
    settings: tuple[VerdictSetting, ...] = get_args(VerdictSetting)
    for setting in settings:
        if setting == value:
            return setting
    raise InputError(f"{table.where}: 'setting' must be {' or '.join(settings)}, not {value!r}.")
