"""How far a search got that was cut: kept in the library's folder, so that it can go on."""

import time
from collections.abc import Callable
from pathlib import Path

from assistant.sources.searches.json_store import changing_notes, read_notes
from assistant.sources.searches.search import Search

# After a day the results have moved too far to go on from where they were.
_GOES_ON_FOR_S = 24 * 60 * 60


class Unfinished:
    """The note of one search in one library."""

    def __init__(
        self,
        folder: Path,
        search: Search,
        *,
        newest_first: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Look at no file yet.

        Args:
            folder: of the library.
            search: the search, whatever its limit: with another it goes on too.
            newest_first: whether the latest results come first: in another order, those that are
                added are not the first.
            now: the clock, in seconds.
        """
        self._path = folder / "unfinished-searches.json"
        order = "newest" if newest_first else "best"
        self._key = f"{search.source.key} {order} {' '.join(search.query.split())}"
        self._now = now

    def results_added(self) -> int:
        """Return how many results were added before a cut of the last day; 0 if there was none."""
        note = read_notes(self._path).get(self._key, {})
        results, at_s = note.get("results"), note.get("at_s")
        if not isinstance(results, int) or not isinstance(at_s, int | float):
            return 0
        return results if 0 <= self._now() - at_s < _GOES_ON_FOR_S else 0

    def note(self, results: int) -> None:
        """Note how many results are added so far."""
        with changing_notes(self._path) as notes:
            notes[self._key] = {"results": results, "at_s": self._now()}

    def forget(self) -> None:
        """Note that the search is done."""
        if self._key in read_notes(self._path):
            with changing_notes(self._path) as notes:
                notes.pop(self._key, None)
