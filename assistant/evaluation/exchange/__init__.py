"""Runs in the file formats of other evaluation tools.

A format is a module with the members of `RunWriter`, listed in WRITERS.
"""

from collections.abc import Iterator
from typing import Protocol

from assistant.evaluation.exchange import (
    deepeval,
    inspect_log,
    junit,
    ragas,
    scholarqabench,
    trec_qrels,
    trec_run,
)
from assistant.evaluation.run import Run


class RunWriter(Protocol):
    """The interface of a format module."""

    NAME: str

    def write(self, run: Run) -> Iterator[str]:
        """Yield the text of a file with the answers of a run, in pieces."""


WRITERS: dict[str, RunWriter] = {
    "ragas": ragas,
    "deepeval": deepeval,
    "scholarqabench": scholarqabench,
    "inspect": inspect_log,
    "junit": junit,
    "trec-run": trec_run,
    "trec-qrels": trec_qrels,
}
"""The writers by the name of their format."""

__all__ = ["WRITERS", "RunWriter"]
