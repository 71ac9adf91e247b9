"""The log of merges, for undoing them, and the pairs of papers that must not be merged."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.library.storage.database import Database
from assistant.papers import Paper
from assistant.papers.details import paper_from_json, paper_to_json
from assistant.papers.pdf_file import pdf_from_json, pdf_to_json


@dataclass(frozen=True, slots=True)
class Merge:
    """A record that was merged into a paper.

    Attributes:
        paper_id: the paper's id.
        before: the paper before the merge.
        record: the record that was merged into it.
    """

    paper_id: str
    before: Paper
    record: Paper


class MergeLog:
    """The merges of a catalogue's papers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, merges: Iterable[Merge]) -> None:
        """Log merges into stored papers, in order."""
        with self._database.transaction():
            self._database.execute_many(
                "INSERT INTO merges (paper, before, merged) SELECT number, ?, ? FROM papers "
                "WHERE id = ?",
                [(_to_text(one.before), _to_text(one.record), one.paper_id) for one in merges],
            )

    def last(self, paper_id: str) -> Merge | None:
        """Return the last merge into a paper; None if there is none."""
        rows = self._database.rows(
            "SELECT before, merged FROM merges JOIN papers ON papers.number = merges.paper "
            "WHERE papers.id = ? ORDER BY merges.id DESC LIMIT 1",
            paper_id,
        )
        return next((Merge(paper_id, *map(_from_text, row)) for row in rows), None)

    def sources(self, paper_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Return the sources of the records that were merged into papers, by paper id."""
        rows = self._database.rows(
            "SELECT papers.id, before, merged FROM merges "
            "JOIN papers ON papers.number = merges.paper "
            "WHERE papers.id IN (SELECT value FROM json_each(?))",
            json.dumps(list(paper_ids)),
        )
        found: dict[str, set[str]] = {}
        for paper_id, *records in rows:
            sources = found.setdefault(str(paper_id), set())
            sources.update(_from_text(record).source for record in records)
        return {paper_id: frozenset(sources) for paper_id, sources in found.items()}

    def undo_last(self, paper_id: str, other_id: str) -> None:
        """Remove the last merge into a paper, and never merge it with the other paper again."""
        with self._database.transaction():
            self._database.execute(
                "DELETE FROM merges WHERE id = (SELECT max(merges.id) FROM merges "
                "JOIN papers ON papers.number = merges.paper WHERE papers.id = ?)",
                paper_id,
            )
            self._database.execute(
                "INSERT OR IGNORE INTO kept_apart SELECT one.number, other.number "
                "FROM papers AS one, papers AS other WHERE one.id = ? AND other.id = ?",
                paper_id,
                other_id,
            )

    def kept_apart(self, paper_ids: Sequence[str]) -> frozenset[frozenset[str]]:
        """Return the pairs of ids that must not be merged and include any of the papers."""
        rows = self._database.rows(
            "SELECT one.id, other.id FROM kept_apart "
            "JOIN papers AS one ON one.number = kept_apart.one "
            "JOIN papers AS other ON other.number = kept_apart.other "
            "WHERE one.id IN (SELECT value FROM json_each(?))",
            json.dumps(list(paper_ids)),
        )
        return frozenset(frozenset(map(str, row)) for row in rows)


def _to_text(paper: Paper) -> str:
    pdf = {"pdf": pdf_to_json(paper.pdf)} if paper.pdf else {}
    return json.dumps({**paper_to_json(paper), **pdf}, ensure_ascii=False)


def _from_text(text: object) -> Paper:
    values = json.loads(str(text))
    paper = paper_from_json(values)
    if paper is None:
        raise AssertionError("a stored paper has a title")
    paper = replace(paper, pdf=pdf_from_json(values.get("pdf")))
    return paper if paper.id == values["paper_id"] else replace(paper, known_as=values["paper_id"])
