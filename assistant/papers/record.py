"""The result of reading one record: a paper, or the reason why there is none."""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.papers.paper import Paper


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record or a whole file that was skipped.

    Attributes:
        source: the name of the file.
        reason: why it was skipped; the wording is the same for all records with the same problem.
            For a whole file, it continues the file's name ("is empty").
        where: the position in the file, such as ``line 7`` or an entry's key; empty for the whole
            file.
    """

    source: str
    reason: str
    where: str = ""

    def __str__(self) -> str:
        if not self.where:
            return f"{self.source} {self.reason}"
        return f"{self.source}, {self.where}: {self.reason}"


Record: TypeAlias = Paper | Skipped
