"""Checkpoints of interrupted searches, in the library's folder."""

import time
from collections.abc import Callable
from pathlib import Path

from assistant.json_store import edit_json, read_json
from assistant.sources.searches.search import Search

# After a day the results have changed too much to resume the search.
_VALID_S = 24 * 60 * 60


class SearchCheckpoint:
    """The progress of one search in one library."""

    def __init__(
        self,
        folder: Path,
        search: Search,
        *,
        newest_first: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Prepare the checkpoint; the file is not read yet.

        Args:
            folder: the library's folder.
            search: the search; its limit may change when it is resumed.
            newest_first: whether the results are sorted by date. Each order has its own checkpoint.
            now: the clock, in seconds.
        """
        self._path = folder / "unfinished-searches.json"
        order = "newest" if newest_first else "best"
        self._key = f"{search.source.key} {order} {' '.join(search.query.split())}"
        self._now = now

    def results_added(self) -> int:
        """Return the number of results added before an interruption within the last day, else 0."""
        values = read_json(self._path).get(self._key, {})
        results, at_s = values.get("results"), values.get("at_s")
        if not isinstance(results, int) or not isinstance(at_s, int | float):
            return 0
        return results if 0 <= self._now() - at_s < _VALID_S else 0

    def save(self, results: int) -> None:
        """Save the number of results added so far."""
        with edit_json(self._path) as checkpoints:
            checkpoints[self._key] = {"results": results, "at_s": self._now()}

    def clear(self) -> None:
        """Delete the checkpoint of a search that is complete."""
        if self._key in read_json(self._path):
            with edit_json(self._path) as checkpoints:
                checkpoints.pop(self._key, None)
