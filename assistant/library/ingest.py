"""What a batch of papers changes in a library: which are new, and which say more of one that is."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.library.add_report import Outcome
from assistant.papers import Paper
from assistant.papers.merging import is_same, merged


class Batch:
    """Papers that are added together, and those of the library that they may be.

    Attributes:
        absorbed: the ids of stored papers that turned out to be others, with the others' ids.
    """

    def __init__(self, stored: Mapping[str, Sequence[Paper]]) -> None:
        """Start with the stored papers that have a key in common with any of the batch, by key."""
        self._ids = {key: [paper.id for paper in papers] for key, papers in stored.items()}
        self._stored = {paper.id: paper for papers in stored.values() for paper in papers}
        self._now = dict(self._stored)
        self.absorbed: dict[str, str] = {}

    def take(self, paper: Paper) -> tuple[str, Outcome]:
        """Take a paper in; return the id of the paper that it is part of now, and what it did."""
        same = self._same(paper)
        if not same:
            self._keep(paper)
            return paper.id, "added"
        first, *others = same
        before = result = self._now[first]
        for other in others:
            result = merged(result, self._absorb(other, first))
        result = merged(result, paper)
        self._keep(result)
        return first, "unchanged" if result == before and not others else "updated"

    def changed(self) -> Iterable[tuple[Paper, Paper | None]]:
        """Return each paper to be stored, as it is now and as it was; None if it is new."""
        for id_, paper in self._now.items():
            before = self._stored.get(id_)
            if paper != before:
                yield paper, before

    def _same(self, paper: Paper) -> list[str]:
        """Return the ids of the papers that it is, the one with the surest common key first."""
        same: list[str] = []
        for key in paper.keys:
            for of_key in self._ids.get(key, ()):
                id_ = self.absorbed.get(of_key, of_key)
                known = self._now[id_]
                if id_ in same or not is_same(known, paper, key):
                    continue
                if all(is_same(self._now[one], known, "title:") for one in same):
                    same.append(id_)
        return same

    def _absorb(self, other: str, first: str) -> Paper:
        """Note that a paper is another, with all that it has absorbed before; return it."""
        for gone, into in self.absorbed.items():
            if into == other:
                self.absorbed[gone] = first
        self.absorbed[other] = first
        return self._now.pop(other)

    def _keep(self, paper: Paper) -> None:
        self._now[paper.id] = paper
        for key in paper.keys:
            ids = self._ids.setdefault(key, [])
            if paper.id not in ids:
                ids.append(paper.id)
