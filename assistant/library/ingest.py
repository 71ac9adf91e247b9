"""Merging of papers that are added with those already in the library."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.library.add_report import Outcome
from assistant.papers import Paper
from assistant.papers.merging import is_same_paper, merged


class Batch:
    """Papers that are added together, and the stored papers that they may duplicate.

    Attributes:
        duplicates: the ids of stored papers that turned out to duplicate other stored papers, each
            with the id of the paper that it was merged into.
    """

    def __init__(self, stored: Mapping[str, Sequence[Paper]]) -> None:
        """Start an empty batch.

        Args:
            stored: the papers of the library that share a key with any of the batch, by key.
        """
        self._ids_by_key = {key: [paper.id for paper in papers] for key, papers in stored.items()}
        self._stored = {paper.id: paper for papers in stored.values() for paper in papers}
        self._current = dict(self._stored)
        self.duplicates: dict[str, str] = {}

    def add(self, paper: Paper) -> tuple[str, Outcome]:
        """Add a paper, merged with known ones; return the id of the result and the outcome."""
        same = self._find_same(paper)
        if not same:
            self._put(paper)
            return paper.id, "added"
        first, *others = same
        before = result = self._current[first]
        for other in others:
            result = merged(result, self._remove_duplicate(other, first))
        result = merged(result, paper)
        self._put(result)
        return first, "unchanged" if result == before and not others else "updated"

    def changes(self) -> Iterable[tuple[Paper, Paper | None]]:
        """Yield each paper to store with its stored version, None if it is new."""
        for id_, paper in self._current.items():
            before = self._stored.get(id_)
            if paper != before:
                yield paper, before

    def _find_same(self, paper: Paper) -> list[str]:
        """Return the ids of the known papers that are this paper, most reliable key first."""
        same: list[str] = []
        for key in paper.keys:
            for id_with_key in self._ids_by_key.get(key, ()):
                id_ = self.duplicates.get(id_with_key, id_with_key)
                known = self._current[id_]
                if id_ in same or not is_same_paper(known, paper, key):
                    continue
                if all(is_same_paper(self._current[one], known, "title:") for one in same):
                    same.append(id_)
        return same

    def _remove_duplicate(self, duplicate: str, kept: str) -> Paper:
        """Record that one paper duplicates another; remove and return it."""
        for earlier, merged_into in self.duplicates.items():
            if merged_into == duplicate:
                self.duplicates[earlier] = kept
        self.duplicates[duplicate] = kept
        return self._current.pop(duplicate)

    def _put(self, paper: Paper) -> None:
        self._current[paper.id] = paper
        for key in paper.keys:
            ids = self._ids_by_key.setdefault(key, [])
            if paper.id not in ids:
                ids.append(paper.id)
