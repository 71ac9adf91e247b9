"""What adding papers did, file by file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.papers import Skipped

Outcome = Literal["added", "updated", "unchanged"]

REPEATED = "is in the file before"
# Records shown of those that were skipped for the same reason.
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class SkippedRecords:
    """The records of a file that were skipped for one reason.

    Attributes:
        reason: why.
        count: how many; 0 if the file was skipped as a whole.
        examples: where the first of them stand.
    """

    reason: str
    count: int
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.count:
            return self.reason
        more = ", ..." if self.count > len(self.examples) else ""
        return f"{self.count} skipped: {self.reason} ({', '.join(self.examples)}{more})"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of the papers of one file."""

    name: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: tuple[SkippedRecords, ...] = ()

    def __str__(self) -> str:
        counts = _counts(self.added, self.updated, self.unchanged)
        parts = [*filter(None, [counts]), *map(str, self.skipped)]
        return f"{self.name}: {'; '.join(parts) or 'no papers'}"


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding papers did."""

    files: tuple[FileReport, ...] = ()

    @property
    def added(self) -> int:
        """How many papers are new in the library."""
        return sum(file.added for file in self.files)

    @property
    def updated(self) -> int:
        """How many papers were there, and say more or something else now."""
        return sum(file.updated for file in self.files)

    @property
    def unchanged(self) -> int:
        """How many papers were there as they are."""
        return sum(file.unchanged for file in self.files)

    @property
    def skipped(self) -> int:
        """How many records gave no paper of their own."""
        return sum(records.count for file in self.files for records in file.skipped)

    def __str__(self) -> str:
        return _counts(self.added, self.updated, self.unchanged, self.skipped) or "no papers"


def _counts(added: int, updated: int, unchanged: int, skipped: int = 0) -> str:
    counts = {"added": added, "updated": updated, "unchanged": unchanged, "skipped": skipped}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


class Tally:
    """Counts what becomes of the records of each file."""

    def __init__(self) -> None:
        self._outcomes: dict[str, Counter[Outcome]] = {}
        self._skipped: dict[str, Counter[str]] = {}
        self._examples: dict[tuple[str, str], list[str]] = {}

    def count(self, file: str, outcome: Outcome) -> None:
        """Note what became of a paper."""
        self._outcomes.setdefault(file, Counter())[outcome] += 1

    def skip(self, skipped: Skipped) -> None:
        """Note a record, or a file, that gave no paper."""
        self._outcomes.setdefault(skipped.source, Counter())
        reasons = self._skipped.setdefault(skipped.source, Counter())
        reasons[skipped.reason] += 1 if skipped.where else 0
        examples = self._examples.setdefault((skipped.source, skipped.reason), [])
        if skipped.where and len(examples) < _EXAMPLES:
            examples.append(skipped.where)

    def report(self) -> AddReport:
        """Return the report, the files in the order in which they came."""
        return AddReport(tuple(self._file_reports()))

    def _file_reports(self) -> Iterator[FileReport]:
        for file, outcomes in self._outcomes.items():
            skipped = tuple(
                SkippedRecords(reason, count, tuple(self._examples[file, reason]))
                for reason, count in self._skipped.get(file, Counter()).items()
            )
            yield FileReport(
                file, outcomes["added"], outcomes["updated"], outcomes["unchanged"], skipped
            )
