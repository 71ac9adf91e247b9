"""The numbers that abstracts report: read when papers are added, and stored beside them."""

from assistant.library.results.index import ResultsIndex
from assistant.library.results.read import read_results
from assistant.library.results.result import Result

__all__ = ["Result", "ResultsIndex", "read_results"]
