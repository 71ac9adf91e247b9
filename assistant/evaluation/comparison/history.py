"""The figures of many runs in chronological order, or of the commits of a report."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.evaluation.manifest import Manifest, git_output
from assistant.evaluation.metrics.intervals import Estimate
from assistant.evaluation.run import Run

REPORT_FIGURES = "metrics.json"
"""The file of a report (`assistant eval report`) with its figures."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The figures of one run.

    Attributes:
        source: the file that they come from.
        manifest: what the answers depend on.
        commit: the commit of the code, or of the report if its commits are read; empty if unknown.
        figures: the figures by name.
    """

    source: str
    manifest: Manifest
    commit: str
    figures: Mapping[str, Estimate]

    @property
    def series(self) -> str:
        """A label shared by the runs that can be compared with this one."""
        return f"{self.manifest.question_set or 'questions'}, {self.manifest.system}"

    def to_dict(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the entry as JSON data, with these figures."""
        return {
            "source": self.source,
            "started": self.manifest.started,
            "commit": self.commit,
            "series": self.series,
            "model": self.manifest.model,
            "figures": {name: asdict(self.figures[name]) for name in names if name in self.figures},
        }


def runs_over_time(paths: Sequence[Path]) -> list[Entry]:
    """Return the figures of runs, the earliest first.

    Args:
        paths: files of predictions, ``metrics.json`` files of reports, and folders with any of
            them. A run that is found both as predictions and as a report is counted once.

    Raises:
        InputError: a file is missing or malformed, or there is no run.
    """
    entries = [entry for path in paths for entry in _entries(path)]
    if not entries:
        named = ", ".join(map(str, paths))
        raise InputError(
            f"There are no runs in {named}. Name predictions of `assistant eval run`, or folders."
        )
    distinct = {(entry.series, entry.manifest.started): entry for entry in reversed(entries)}
    return sorted(distinct.values(), key=lambda entry: entry.manifest.started)


def committed_reports(path: Path) -> list[Entry]:
    """Return the figures in each committed version of a report's ``metrics.json``.

    Raises:
        InputError: the file is not in a Git repository, or no version of it is a report.
    """
    folder = path.resolve().parent
    log = git_output(folder, "log", "--format=%h", "--", path.name)
    if not log:
        raise InputError(f"No commit has {path}. Name a {REPORT_FIGURES} that is under Git.")
    entries = []
    for commit in log.split():
        text = git_output(folder, "show", f"{commit}:./{path.name}")
        if text is not None:  # None for a commit that deletes the file
            entries.append(_report_entry(text, str(path), commit))
    return list(reversed(entries))


def check_figures(names: Sequence[str], entries: Sequence[Entry]) -> None:
    """Raise `InputError` for a figure that no run has."""
    known = dict.fromkeys(
        name
        for entry in entries
        for name, estimate in entry.figures.items()
        if estimate.value is not None
    )
    if absent := [name for name in names if name not in known]:
        raise InputError(f"No run has a figure {absent[0]!r}. Figures: {', '.join(known)}.")


def _entries(path: Path) -> Iterator[Entry]:
    if path.is_dir():
        for file in sorted(path.rglob("*.manifest.json")):
            predictions = file.with_name(file.name.replace(".manifest.json", ".jsonl"))
            if predictions.exists():
                yield from _entries(predictions)
        for file in sorted(path.rglob(REPORT_FIGURES)):
            yield from _entries(file)
    elif path.name.endswith(".json"):
        try:
            yield _report_entry(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read: {error}. Check the path.") from error
    else:
        run = Run.load(path)
        yield Entry(str(path), run.manifest, run.manifest.commit, run.metrics.named)


def _report_entry(text: str, source: str, commit: str | None = None) -> Entry:
    try:
        record = json.loads(text)
        kinds = {f"answer_score.{kind}": one for kind, one in record["by_kind"].items()}
        named = {"answer_score": record["headline"], **kinds, **record["figures"]}
        figures = {name: Estimate(**one) for name, one in named.items()}
        manifest = Manifest(**record["manifest"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"{source} has no figures of a report ({error}). `assistant eval report` writes them."
        ) from error
    return Entry(source, manifest, manifest.commit if commit is None else commit, figures)
