"""What a reader makes of one record of a file: a paper, or the reason why there is none."""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.papers.paper import Paper


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record, or a whole file, that gave no paper.

    Attributes:
        source: the name of the file.
        reason: why, the same words for all records skipped for that reason; of a whole file, what
            it is or does ("is empty").
        where: in the file, such as ``line 7`` or an entry's key; empty for the file as a whole.
    """

    source: str
    reason: str
    where: str = ""

    def __str__(self) -> str:
        if not self.where:
            return f"{self.source} {self.reason}"
        return f"{self.source}, {self.where}: {self.reason}"


Record: TypeAlias = Paper | Skipped
