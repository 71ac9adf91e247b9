"""Reports on added papers, by file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.papers import Skipped

Outcome = Literal["added", "updated", "unchanged"]

REPEATED = "repeats an earlier paper of the file"
# The maximum number of records with the same note to name in a line about a file.
_MAX_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class SkippedRecords:
    """The records of a file that were skipped for the same reason.

    Attributes:
        reason: why they were skipped.
        count: their number; 0 if the whole file was skipped.
        places: the position of each of them in the file.
    """

    reason: str
    count: int
    places: tuple[str, ...] = ()

    @property
    def is_shortened(self) -> bool:
        """Whether the text about these records omits some positions."""
        return len(self.places) > _MAX_EXAMPLES

    def __str__(self) -> str:
        if not self.count:
            return self.reason
        more = ", ..." if self.is_shortened else ""
        shown = ", ".join(self.places[:_MAX_EXAMPLES])
        return f"{self.count} skipped: {self.reason} ({shown}{more})"


@dataclass(frozen=True, slots=True)
class FileReport:
    """The outcome of adding one file.

    Attributes:
        name: the file's name.
        added: the number of papers new to the library.
        updated: the number of known papers that changed.
        unchanged: the number of known papers that did not change.
        skipped: the records without a paper, by reason.
        without_abstract: the number of added papers that have no abstract.
        merged: the titles of papers that were merged with papers of other files.
        kept_apart: the titles of papers that contradict another paper with the same id, each
            followed by that id.
    """

    name: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: tuple[SkippedRecords, ...] = ()
    without_abstract: int = 0
    merged: tuple[str, ...] = ()
    kept_apart: tuple[str, ...] = ()

    @property
    def has_notes(self) -> bool:
        """Whether there is more to report than the counts."""
        return bool(self.skipped or self.merged or self.kept_apart)

    def __str__(self) -> str:
        counts = _counts(self.added, self.updated, self.unchanged, 0, self.without_abstract)
        notes = (
            _note(self.merged, "merged with papers of other files"),
            _note(self.kept_apart, "kept apart from another paper with the same id"),
        )
        parts = [*filter(None, [counts, *notes]), *map(str, self.skipped)]
        return f"{self.name}: {'; '.join(parts) or 'no papers'}"


@dataclass(frozen=True, slots=True)
class AddReport:
    """The outcome of adding papers, by file."""

    files: tuple[FileReport, ...] = ()

    @property
    def added(self) -> int:
        """The number of papers new to the library."""
        return sum(file.added for file in self.files)

    @property
    def updated(self) -> int:
        """The number of known papers that changed."""
        return sum(file.updated for file in self.files)

    @property
    def unchanged(self) -> int:
        """The number of known papers that did not change."""
        return sum(file.unchanged for file in self.files)

    @property
    def skipped(self) -> int:
        """The number of records without a paper of their own."""
        return sum(records.count for file in self.files for records in file.skipped)

    @property
    def without_abstract(self) -> int:
        """The number of added papers that have no abstract."""
        return sum(file.without_abstract for file in self.files)

    def __str__(self) -> str:
        counts = (self.added, self.updated, self.unchanged, self.skipped, self.without_abstract)
        return _counts(*counts) or "no papers"


def _counts(added: int, updated: int, unchanged: int, skipped: int, without_abstract: int) -> str:
    name = f"added ({without_abstract} without abstract)" if without_abstract else "added"
    counts = {name: added, "updated": updated, "unchanged": unchanged, "skipped": skipped}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def _note(examples: Sequence[str], text: str) -> str:
    more = ", ..." if len(examples) > _MAX_EXAMPLES else ""
    shown = ", ".join(examples[:_MAX_EXAMPLES])
    return f"{len(examples)} {text} ({shown}{more})" if examples else ""


class Tally:
    """Counts the outcomes of the records of each file."""

    def __init__(self) -> None:
        self._outcomes: dict[str, Counter[Outcome]] = {}
        self._without_abstract = Counter[str]()
        self._merged: dict[str, list[str]] = {}
        self._kept_apart: dict[str, list[str]] = {}
        self._skipped: dict[str, Counter[str]] = {}
        self._places: dict[tuple[str, str], list[str]] = {}

    def count(self, file: str, outcome: Outcome, *, has_abstract: bool = True) -> None:
        """Count a paper with its outcome."""
        self._outcomes.setdefault(file, Counter())[outcome] += 1
        if outcome == "added" and not has_abstract:
            self._without_abstract[file] += 1

    def note_merge(self, file: str, title: str) -> None:
        """Note a paper that was merged with one of another file."""
        self._merged.setdefault(file, []).append(title)

    def note_conflict(self, file: str, title: str) -> None:
        """Note a paper that contradicts another one with the same id."""
        self._kept_apart.setdefault(file, []).append(title)

    def skip(self, skipped: Skipped) -> None:
        """Count a skipped record, or note a skipped file."""
        self._outcomes.setdefault(skipped.source, Counter())
        reasons = self._skipped.setdefault(skipped.source, Counter())
        reasons[skipped.reason] += 1 if skipped.where else 0
        places = self._places.setdefault((skipped.source, skipped.reason), [])
        if skipped.where:
            places.append(skipped.where)

    def report(self) -> AddReport:
        """Return the report, with the files in the order of their first records."""
        return AddReport(tuple(self._file_reports()))

    def _file_reports(self) -> Iterator[FileReport]:
        for file, outcomes in self._outcomes.items():
            skipped = tuple(
                SkippedRecords(reason, count, tuple(self._places[file, reason]))
                for reason, count in self._skipped.get(file, Counter()).items()
            )
            yield FileReport(
                file,
                outcomes["added"],
                outcomes["updated"],
                outcomes["unchanged"],
                skipped,
                self._without_abstract[file],
                tuple(self._merged.get(file, ())),
                tuple(self._kept_apart.get(file, ())),
            )
