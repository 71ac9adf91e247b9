"""Merging added papers with those already in the library."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.library.add_report import REPEATED, Outcome, Tally
from assistant.library.catalogue import Merge
from assistant.papers import Paper, Skipped, paper_id
from assistant.papers.identity.merging import merged
from assistant.papers.identity.same_paper import compare, compatible, may_be_edited


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of adding a paper.

    Attributes:
        id: the id that it is stored under.
        outcome: whether the paper was new, updated or unchanged.
        merged: whether it was merged with a paper of another source.
        conflict: the id of a paper that shares an id with it but contradicts it; None if there is
            none. The two are not merged.
    """

    id: str
    outcome: Outcome
    merged: bool = False
    conflict: str | None = None

    def count(self, tally: Tally, paper: Paper, *, is_repeated: bool) -> None:
        """Count the paper, which may repeat an earlier one in its file, and note what happened."""
        if is_repeated:
            tally.skip(Skipped(paper.source, REPEATED, paper.title))
        else:
            tally.count(paper.source, self.outcome, has_abstract=bool(paper.abstract))
        if self.merged:
            tally.note_merge(paper.source, paper.title)
        if self.conflict:
            tally.note_conflict(paper.source, f"{paper.title}: {self.conflict}")


class Batch:
    """Papers that are added together, and stored papers that they may duplicate.

    Attributes:
        duplicates: the ids of stored papers that turned out to duplicate other stored papers, each
            with the id of the paper that it was merged into.
        merges: the records of other sources that were merged into papers, in order.
    """

    def __init__(
        self,
        stored: Mapping[str, Sequence[Paper]],
        kept_apart: Collection[frozenset[str]] = (),
    ) -> None:
        """Start an empty batch.

        Args:
            stored: the papers of the library that share a key with any paper of the batch, by key.
            kept_apart: pairs of ids of stored papers that are known to be different papers.
        """
        self._ids_by_key = {key: [paper.id for paper in papers] for key, papers in stored.items()}
        self._stored = {paper.id: paper for papers in stored.values() for paper in papers}
        self._current = dict(self._stored)
        self._kept_apart = kept_apart
        self.duplicates: dict[str, str] = {}
        self.merges: list[Merge] = []

    def add(self, paper: Paper, seen: Collection[str] = ()) -> Added:
        """Add a paper, merging it with known ones.

        Args:
            paper: the paper to add.
            seen: the ids of the papers that its file has contained so far.
        """
        known = list(self._known(paper))
        titled = self._with_title(paper)
        matches = {
            id_: compare(self._current[id_], paper, had_title=id_ in titled) for id_ in known
        }
        same = self._compatible([id_ for id_ in known if matches[id_] == "same"], paper)
        if not same:
            same = self._edited(paper, known, seen)
        if not same:
            conflict = next((id_ for id_ in known if matches[id_] == "conflict"), None)
            taken = {*self._current, *self.duplicates}
            new = with_unused_id(paper, taken, has_wrong_id=conflict is not None)
            self._put(new)
            return Added(new.id, "added", conflict=conflict)
        first, *others = same
        before = result = self._current[first]
        for other in others:
            duplicate = self._remove_duplicate(other, first)
            self.merges.append(Merge(first, result, duplicate))
            result = merged(result, duplicate)
        is_other_source = before.source != paper.source
        previous, result = result, merged(result, paper)
        if is_other_source and result != previous:
            self.merges.append(Merge(first, previous, paper))
        self._put(result)
        is_unchanged = result == before and not others
        outcome: Outcome = "unchanged" if is_unchanged else "updated"
        return Added(first, outcome, merged=not is_unchanged and (is_other_source or bool(others)))

    def changes(self) -> Iterable[tuple[Paper, Paper | None]]:
        """Yield each paper to store with its stored version; None for a new paper."""
        for id_, paper in self._current.items():
            before = self._stored.get(id_)
            if paper != before:
                yield paper, before

    def _with_title(self, paper: Paper) -> set[str]:
        """Return the ids of the known papers that have or had the title of a paper."""
        ids = self._ids_by_key.get(paper_id(paper.title), ())
        return {self.duplicates.get(id_, id_) for id_ in ids}

    def _known(self, paper: Paper) -> Iterator[str]:
        """Yield the ids of the known papers that share a key with a paper, most reliable first."""
        found = set[str]()
        for key in paper.keys:
            for id_with_key in self._ids_by_key.get(key, ()):
                id_ = self.duplicates.get(id_with_key, id_with_key)
                if id_ not in found:
                    found.add(id_)
                    yield id_

    def _compatible(self, ids: Sequence[str], paper: Paper) -> list[str]:
        """Return those papers that are compatible with each other, identical ones first."""
        content = paper.content_hash()
        ids = sorted(ids, key=lambda id_: self._current[id_].content_hash() != content)
        same: list[str] = []
        for id_ in ids:
            if all(
                compatible(self._current[one], self._current[id_])
                and frozenset((one, id_)) not in self._kept_apart
                for one in same
            ):
                same.append(id_)
        return same

    def _edited(self, paper: Paper, known: Sequence[str], seen: Collection[str]) -> list[str]:
        """Return the paper whose text was edited in its file since it was added, if unambiguous."""
        titled = [id_ for id_ in known if paper_id(self._current[id_].title) in paper.keys]
        return [
            id_
            for id_ in titled
            if len(titled) == 1
            and id_ in self._stored
            and id_ not in seen
            and may_be_edited(self._current[id_], paper)
        ]

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


def with_unused_id(paper: Paper, taken: Collection[str], *, has_wrong_id: bool = False) -> Paper:
    """Return a paper with an id that no other paper has.

    This is its own id if possible, else the id of its title, else that with a hash of its content.

    Args:
        paper: the paper to store.
        taken: the ids of other papers.
        has_wrong_id: whether its arXiv id or DOI is that of another paper.
    """
    by_title = paper_id(paper.title)
    content = repr((paper.authors, paper.year, paper.abstract, paper.venue, paper.pages))
    suffix = hashlib.sha256(content.encode()).hexdigest()
    candidates = (
        *(() if has_wrong_id else (paper.id,)),
        by_title,
        *(f"{by_title}-{suffix[:length]}" for length in range(6, len(suffix))),
    )
    unused = next(id_ for id_ in candidates if id_ not in taken)
    return paper if paper.id == unused else replace(paper, known_as=unused)


def needs_embedding(paper: Paper, before: Paper | None) -> bool:
    """Return whether a paper is new or its embedded text has changed."""
    return before is None or (paper.title, paper.abstract) != (before.title, before.abstract)
