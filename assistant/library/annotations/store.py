"""The store of annotations, in the tables ``labels`` and ``notes`` of the catalogue.

They belong to a paper's id, not to its row: a paper that is removed and added again gets them back.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, get_args

from assistant.errors import LibraryError
from assistant.library.storage.damage import DamagedError
from assistant.library.storage.database import Database
from assistant.papers.annotation import Annotation

LabelKind = Literal["tag", "collection"]
"""A kind of named set of papers."""

KINDS: tuple[LabelKind, ...] = get_args(LabelKind)

MAX_NOTE_CHARACTERS = 20_000

_MAX_NAME_CHARACTERS = 60
_READ = "read"


def label_name(text: str) -> str:
    """Return a text as the name of a tag or collection: on one line, shortened if it is long."""
    return " ".join(text.split())[:_MAX_NAME_CHARACTERS].rstrip()


class Annotations:
    """The annotations of a catalogue's papers. Each belongs to an owner.

    An owner is the name of an account; it is empty without accounts. Methods that write raise
    `LibraryError` if the catalogue cannot be written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with self._database.transaction():
                yield
        except DamagedError:
            raise
        except sqlite3.Error as error:
            raise LibraryError(
                f"Tags, notes and collections cannot be written ({error}). Check that the "
                "library's folder is writable and has free space, then try again."
            ) from error

    # -- reading ------------------------------------------------------------------------------

    def of(self, owner: str, paper_ids: Collection[str]) -> dict[str, Annotation]:
        """Return the annotations of papers by paper id; papers without any are left out."""
        ids = json.dumps(list(paper_ids))
        labels: dict[tuple[str, str], list[str]] = defaultdict(list)
        for paper, kind, name in self._database.rows(
            "SELECT paper, kind, name FROM labels WHERE owner = ? "
            "AND paper IN (SELECT value FROM json_each(?)) ORDER BY name",
            owner,
            ids,
        ):
            labels[str(paper), str(kind)].append(str(name))
        notes = {
            str(paper): str(text)
            for paper, text in self._database.rows(
                "SELECT paper, text FROM notes WHERE owner = ? "
                "AND paper IN (SELECT value FROM json_each(?))",
                owner,
                ids,
            )
        }
        return {
            paper: Annotation(
                tuple(labels[paper, "tag"]),
                tuple(labels[paper, "collection"]),
                notes.get(paper, ""),
                bool(labels[paper, _READ]),
            )
            for paper in {paper for paper, _ in labels} | notes.keys()
        }

    def names(self, owner: str, kind: LabelKind) -> dict[str, int]:
        """Return the number of papers for each tag or collection, in alphabetical order."""
        rows = self._database.rows(
            "SELECT name, count(*) FROM labels JOIN papers ON papers.id = labels.paper "
            "WHERE owner = ? AND kind = ? GROUP BY name ORDER BY name",
            owner,
            kind,
        )
        return {str(name): int(str(count)) for name, count in rows}

    def counts(self, owner: str) -> tuple[int, int]:
        """Return the number of papers marked as read, and the number of papers with a note."""
        [row] = self._database.rows(
            "SELECT (SELECT count(*) FROM labels JOIN papers ON papers.id = labels.paper "
            f"WHERE owner = ? AND kind = '{_READ}'), "
            "(SELECT count(*) FROM notes JOIN papers ON papers.id = notes.paper WHERE owner = ?)",
            owner,
            owner,
        )
        read, noted = row
        return int(str(read)), int(str(noted))

    # -- writing ------------------------------------------------------------------------------

    def label(self, owner: str, kind: LabelKind, name: str, paper_ids: Collection[str]) -> None:
        """Give papers a tag, or put them into a collection; a blank name is ignored.

        Names are case-insensitive: an existing spelling is kept.
        """
        if not (name := label_name(name)):
            return
        known = self._database.rows(
            "SELECT name FROM labels WHERE owner = ? AND kind = ? AND name = ? LIMIT 1",
            owner,
            kind,
            name,
        )
        self._add(owner, kind, str(known[0][0]) if known else name, paper_ids)

    def unlabel(self, owner: str, kind: LabelKind, name: str, paper_ids: Collection[str]) -> None:
        """Remove a tag from papers, or papers from a collection. Unused names disappear."""
        self._delete(owner, kind, label_name(name), paper_ids)

    def mark_read(self, owner: str, paper_ids: Collection[str], *, read: bool) -> None:
        """Mark papers as read or as unread."""
        change = self._add if read else self._delete
        change(owner, _READ, "", paper_ids)

    def save_note(self, owner: str, paper_id: str, text: str) -> None:
        """Save the note on a paper, replacing any earlier one; a blank text deletes it."""
        text = text.strip()[:MAX_NOTE_CHARACTERS]
        with self._transaction():
            self._database.execute(
                "DELETE FROM notes WHERE owner = ? AND paper = ?", owner, paper_id
            )
            if text:
                self._database.execute(
                    "INSERT INTO notes SELECT ?, id, ? FROM papers WHERE id = ?",
                    owner,
                    text,
                    paper_id,
                )

    def _add(self, owner: str, kind: str, name: str, paper_ids: Collection[str]) -> None:
        with self._transaction():
            self._database.execute(
                "INSERT OR IGNORE INTO labels SELECT ?, ?, ?, id FROM papers "
                "WHERE id IN (SELECT value FROM json_each(?))",
                owner,
                kind,
                name,
                json.dumps(list(paper_ids)),
            )

    def _delete(self, owner: str, kind: str, name: str, paper_ids: Collection[str]) -> None:
        with self._transaction():
            self._database.execute_many(
                "DELETE FROM labels WHERE owner = ? AND kind = ? AND name = ? AND paper = ?",
                [(owner, kind, name, id_) for id_ in paper_ids],
            )

    # -- added and removed papers, called within a transaction of the catalogue -------------------

    def remember_keys(self, paper_id: str) -> None:
        """Store the keys of a paper that is about to be removed, if it has annotations."""
        self._database.execute(
            "INSERT OR IGNORE INTO former_keys SELECT key, papers.id FROM keys "
            "JOIN papers ON papers.number = keys.paper WHERE papers.id = ?1 AND "
            "(EXISTS (SELECT 1 FROM labels WHERE labels.paper = ?1) "
            "OR EXISTS (SELECT 1 FROM notes WHERE notes.paper = ?1))",
            paper_id,
        )

    def restore(self, paper_id: str, keys: Sequence[str]) -> None:
        """Restore a paper's annotations from before it was removed, found by its keys.

        Args:
            paper_id: the id of the stored paper.
            keys: its keys, the most reliable first.
        """
        rows = self._database.rows(
            "SELECT key, paper FROM former_keys WHERE key IN (SELECT value FROM json_each(?)) "
            "AND (paper = ? OR paper NOT IN (SELECT id FROM papers))",
            json.dumps(list(keys)),
            paper_id,
        )
        if not rows:
            return
        former = str(min(rows, key=lambda row: keys.index(str(row[0])))[1])
        if former != paper_id:
            self.move(former, paper_id)
        self._database.execute("DELETE FROM former_keys WHERE paper = ?", former)

    def move(self, from_id: str, to_id: str) -> None:
        """Move all annotations of one paper to another; if both have notes, they are joined."""
        self._database.execute(
            "UPDATE OR REPLACE labels SET paper = ? WHERE paper = ?", to_id, from_id
        )
        self._database.execute(
            "INSERT INTO notes SELECT owner, ?, text FROM notes WHERE paper = ? "
            "ON CONFLICT (owner, paper) DO UPDATE SET text = text || char(10, 10) || excluded.text",
            to_id,
            from_id,
        )
        self._database.execute("DELETE FROM notes WHERE paper = ?", from_id)
