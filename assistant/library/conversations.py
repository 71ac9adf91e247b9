"""The conversations about a library, kept in its folder: questions, answers, what was made of them.

What an exchange holds is the face's affair: it comes and goes as JSON. Nothing that is removed is
gone at once: `restore` brings it back until `purge`.
"""

import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.library.database import Database, Row

FILE_NAME = "conversations.sqlite"
"""What the file is called in a library folder."""

_SCHEMA_VERSION = 1
_WORD = re.compile(r"\w+")
_TITLE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation, without its exchanges.

    Attributes:
        id: random letters, unguessable.
        title: the first question, until somebody renames it.
        changed: when it last changed, in seconds since 1970.
    """

    id: str
    title: str
    changed: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thought of an answer.

    Attributes:
        helpful: whether it helped; None if nobody said.
        correction: what the answer should have been; empty if nobody said.
        unanswerable: whether the person said that the papers do not hold the answer.
    """

    helpful: bool | None = None
    correction: str = ""
    unanswerable: bool = False


@dataclass(frozen=True, slots=True)
class SavedExchange:
    """A question and its answer as they were saved.

    Attributes:
        number: unique in the file.
        position: in the conversation, from 1.
        content: JSON of the face that saved it.
        feedback: on the answer.
    """

    number: int
    position: int
    content: str
    feedback: Feedback


class Conversations:
    """One SQLite file. Any thread may call it; each call is saved when it returns."""

    def __init__(self, path: Path) -> None:
        """Open the file; make it if it is new.

        Raises:
            LibraryError: it cannot be opened, or was made by a newer version of the assistant.
        """
        schema = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
        self._database = Database(path, schema, _SCHEMA_VERSION)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # -- conversations ------------------------------------------------------------------------

    def start(self, owner: str, title: str) -> Conversation:
        """Begin a conversation.

        Args:
            owner: who may see it; empty for everybody without a name.
            title: its title, such as the first question; shortened.
        """
        conversation = Conversation(secrets.token_urlsafe(12), _shortened(title), time.time())
        with self._database.transaction():
            self._database.execute(
                "INSERT INTO conversations (id, owner, title, changed) VALUES (?, ?, ?, ?)",
                conversation.id,
                owner,
                conversation.title,
                conversation.changed,
            )
        return conversation

    def find(self, owner: str, id_: str) -> Conversation | None:
        """Return a conversation; None if its owner has none with this id."""
        rows = self._database.rows(
            "SELECT id, title, changed FROM conversations "
            "WHERE id = ? AND owner = ? AND removal IS NULL",
            id_,
            owner,
        )
        return _conversation(rows[0]) if rows else None

    def all(self, owner: str, search: str = "", *, limit: int = 200) -> list[Conversation]:
        """Return an owner's conversations, the latest first.

        Args:
            owner: whose.
            search: only those that have all these words, or their beginnings, in the title or
                together in one exchange.
            limit: how many at most.
        """
        words = _WORD.findall(search)
        if search.strip() and not words:
            return []
        matches = ""
        values: list[object] = [owner]
        if words:
            title = " AND ".join("instr(lower(title), lower(?))" for _ in words)
            matches = (
                f" AND (({title}) OR id IN (SELECT conversation FROM words JOIN exchanges "
                "ON exchanges.number = words.rowid WHERE removal IS NULL AND words MATCH ?))"
            )
            values += [*words, " ".join(f'"{word}"*' for word in words)]
        rows = self._database.rows(
            "SELECT id, title, changed FROM conversations "
            f"WHERE owner = ? AND removal IS NULL{matches} ORDER BY changed DESC LIMIT ?",
            *values,
            limit,
        )
        return [_conversation(row) for row in rows]

    def rename(self, owner: str, id_: str, title: str) -> None:
        """Give a conversation another title; a blank one changes nothing."""
        if title := _shortened(title):
            with self._database.transaction():
                self._database.execute(
                    "UPDATE conversations SET title = ? WHERE id = ? AND owner = ?",
                    title,
                    id_,
                    owner,
                )

    def remove(self, owner: str, id_: str) -> str:
        """Remove a conversation; return what `restore` brings it back with."""
        removal = secrets.token_urlsafe(12)
        with self._database.transaction():
            self._database.execute(
                "UPDATE conversations SET removal = ? "
                "WHERE id = ? AND owner = ? AND removal IS NULL",
                removal,
                id_,
                owner,
            )
        return removal

    def restore(self, removal: str) -> bool:
        """Bring back what was removed; return whether it was still there to be brought back."""
        with self._database.transaction():
            return (
                self._database.execute(
                    "UPDATE conversations SET removal = NULL WHERE removal = ?", removal
                )
                + self._database.execute(
                    "UPDATE exchanges SET removal = NULL WHERE removal = ?", removal
                )
                > 0
            )

    def purge(self) -> None:
        """Delete for good what was removed."""
        with self._database.transaction():
            self._database.execute("DELETE FROM conversations WHERE removal IS NOT NULL")
            self._database.execute("DELETE FROM exchanges WHERE removal IS NOT NULL")

    # -- exchanges ----------------------------------------------------------------------------

    def exchanges(self, conversation: str) -> list[SavedExchange]:
        """Return the exchanges of a conversation, in order."""
        rows = self._database.rows(
            "SELECT number, position, content, helpful, correction, unanswerable FROM exchanges "
            "WHERE conversation = ? AND removal IS NULL ORDER BY position, number",
            conversation,
        )
        return [_exchange(row) for row in rows]

    def add_exchange(self, conversation: str, position: int, text: str, content: str) -> int:
        """Save a new exchange of a conversation; return its number.

        Args:
            conversation: its id.
            position: where in the conversation, from 1.
            text: what a search looks in.
            content: JSON.
        """
        with self._database.transaction():
            self._database.execute(
                "INSERT INTO exchanges (conversation, position, text, content) VALUES (?, ?, ?, ?)",
                conversation,
                position,
                text,
                content,
            )
            [(number,)] = self._database.rows("SELECT last_insert_rowid()")
            self._touch(conversation)
        return int(str(number))

    def update_exchange(self, number: int, text: str, content: str) -> None:
        """Save what has become of an exchange."""
        with self._database.transaction():
            self._database.execute(
                "UPDATE exchanges SET text = ?, content = ? WHERE number = ?", text, content, number
            )

    def remove_exchanges(self, conversation: str, number: int, *, after: bool = False) -> str:
        """Remove an exchange of a conversation; return what `restore` needs.

        Args:
            conversation: its id.
            number: of the exchange.
            after: whether what follows goes as well.
        """
        removal = secrets.token_urlsafe(12)
        # Two may stand at one position: one that was replaced and brought back, and the newer one.
        following = (
            "(position, number) >= (SELECT position, number FROM exchanges WHERE number = ?)"
        )
        which = following if after else "number = ?"
        with self._database.transaction():
            self._database.execute(
                "UPDATE exchanges SET removal = ? "
                f"WHERE conversation = ? AND {which} AND removal IS NULL",
                removal,
                conversation,
                number,
            )
            self._touch(conversation)
        return removal

    def _touch(self, conversation: str) -> None:
        self._database.execute(
            "UPDATE conversations SET changed = ? WHERE id = ?", time.time(), conversation
        )

    # -- feedback -----------------------------------------------------------------------------

    def judge(self, conversation: str, number: int, feedback: Feedback) -> None:
        """Save what a person thought of an answer; it replaces what was thought before."""
        with self._database.transaction():
            self._database.execute(
                "UPDATE exchanges SET helpful = ?, correction = ?, unanswerable = ? "
                "WHERE number = ? AND conversation = ?",
                feedback.helpful,
                feedback.correction.strip(),
                feedback.unanswerable,
                number,
                conversation,
            )

    def judged(self, owner: str) -> dict[str, list[SavedExchange]]:
        """Return the conversations, by id, in which an owner judged an answer, with all exchanges.

        All of them, because a follow-up is understood from what came before.
        """
        rows = self._database.rows(
            "SELECT DISTINCT conversations.id FROM conversations "
            "JOIN exchanges ON exchanges.conversation = conversations.id "
            "WHERE owner = ? AND conversations.removal IS NULL AND exchanges.removal IS NULL "
            "AND helpful IS NOT NULL ORDER BY conversations.changed",
            owner,
        )
        return {str(id_): self.exchanges(str(id_)) for (id_,) in rows}

    # -- settings -----------------------------------------------------------------------------

    def settings(self) -> dict[str, str]:
        """Return the settings that were kept, by name."""
        rows = self._database.rows("SELECT name, value FROM settings")
        return {str(name): str(value) for name, value in rows}

    def keep_settings(self, values: Mapping[str, str]) -> None:
        """Keep some settings; the others stay as they are."""
        with self._database.transaction():
            for name, value in values.items():
                self._database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)


def _shortened(title: str) -> str:
    title = " ".join(title.split())
    if len(title) <= _TITLE_CHARACTERS:
        return title
    return title[: _TITLE_CHARACTERS - 1].rstrip() + "…"


def _conversation(row: Row) -> Conversation:
    id_, title, changed = row
    return Conversation(str(id_), str(title), float(str(changed)))


def _exchange(row: Row) -> SavedExchange:
    number, position, content, helpful, correction, unanswerable = row
    feedback = Feedback(
        None if helpful is None else bool(helpful), str(correction), bool(unanswerable)
    )
    return SavedExchange(int(str(number)), int(str(position)), str(content), feedback)
