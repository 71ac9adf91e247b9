"""Progress of work on papers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PaperProgress:
    """The number of papers done so far, and the total.

    Attributes:
        done: papers indexed, or processed by the model.
        total: total number of papers, including those done.
    """

    done: int
    total: int


OnProgress: TypeAlias = Callable[[PaperProgress], None]
