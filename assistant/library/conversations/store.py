"""The store of conversations: one SQLite file in the library folder.

The content of an exchange is JSON whose format belongs to the interface that saved it. Removed
conversations and exchanges are only marked: `restore` brings them back until `purge` deletes them.
"""

import re
import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.conversations.records import (
    Conversation,
    Feedback,
    SavedExchange,
    conversation_from_row,
    exchange_from_row,
)
from assistant.library.database import Database

FILE_NAME = "conversations.sqlite"
"""The name of the file in a library folder."""

_WORD = re.compile(r"\w+")
_MAX_TITLE_CHARACTERS = 80


class Conversations:
    """One SQLite file. Any thread may call it; a call returns once its change is saved.

    Methods that write raise `LibraryError` if the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, creating it if necessary.

        Raises:
            LibraryError: it cannot be opened, or was made by a newer version of the assistant.
        """
        self._path = path
        schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
        try:
            self._database = Database(path, [schema])
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"{path} cannot be opened ({error}). If the disk is full, free some space; "
                "otherwise restore the file from a backup, or delete it to start with an empty one."
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with self._database.transaction():
                yield
        except sqlite3.Error as error:
            raise LibraryError(
                f"{self._path} cannot be written ({error}). Free some space and try again: "
                "everything saved before is still there."
            ) from error

    # -- conversations ------------------------------------------------------------------------

    def start(self, owner: str, title: str) -> Conversation:
        """Start a conversation.

        Args:
            owner: the name of the user who may see it; empty without a login.
            title: such as the first question; shortened if it is long.
        """
        conversation = Conversation(secrets.token_urlsafe(12), _shortened(title), time.time())
        with self._transaction():
            self._database.execute(
                "INSERT INTO conversations (id, owner, title, changed) VALUES (?, ?, ?, ?)",
                conversation.id,
                owner,
                conversation.title,
                conversation.changed,
            )
        return conversation

    def find(self, owner: str, id_: str) -> Conversation | None:
        """Return a conversation; None if this owner has none with the id."""
        rows = self._database.rows(
            "SELECT id, title, changed FROM conversations "
            "WHERE id = ? AND owner = ? AND removal IS NULL",
            id_,
            owner,
        )
        return conversation_from_row(rows[0]) if rows else None

    def all(self, owner: str, search: str = "", *, limit: int = 200) -> list[Conversation]:
        """Return an owner's conversations, the most recently changed first.

        Args:
            owner: the name of the user; empty without a login.
            search: return only conversations with all these words, or words that begin with them,
                in the title or in one exchange.
            limit: the maximum number to return.
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
        return [conversation_from_row(row) for row in rows]

    def rename(self, owner: str, id_: str, title: str) -> None:
        """Change the title of a conversation; a blank title is ignored."""
        if title := _shortened(title):
            with self._transaction():
                self._database.execute(
                    "UPDATE conversations SET title = ? WHERE id = ? AND owner = ?",
                    title,
                    id_,
                    owner,
                )

    def remove(self, owner: str, id_: str) -> str:
        """Remove a conversation; return a token with which `restore` brings it back."""
        removal = secrets.token_urlsafe(12)
        with self._transaction():
            self._database.execute(
                "UPDATE conversations SET removal = ? "
                "WHERE id = ? AND owner = ? AND removal IS NULL",
                removal,
                id_,
                owner,
            )
        return removal

    def restore(self, removal: str) -> bool:
        """Bring back what was removed; return False if it was already purged."""
        with self._transaction():
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
        """Permanently delete everything that was removed."""
        with self._transaction():
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
        return [exchange_from_row(row) for row in rows]

    def add_exchange(self, conversation: str, position: int, text: str, content: str) -> int:
        """Save a new exchange of a conversation; return its number.

        Args:
            conversation: its id.
            position: in the conversation, from 1.
            text: the text to search in.
            content: the exchange as JSON.
        """
        with self._transaction():
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
        """Save the current state of an exchange."""
        with self._transaction():
            self._database.execute(
                "UPDATE exchanges SET text = ?, content = ? WHERE number = ?", text, content, number
            )

    def remove_exchanges(self, conversation: str, number: int, *, after: bool = False) -> str:
        """Remove an exchange; return a token with which `restore` brings it back.

        Args:
            conversation: its id.
            number: the number of the exchange.
            after: whether to remove the exchanges after it as well.
        """
        removal = secrets.token_urlsafe(12)
        # Two exchanges may share a position: one that was replaced and then restored, and its
        # replacement.
        and_following = (
            "(position, number) >= (SELECT position, number FROM exchanges WHERE number = ?)"
        )
        which = and_following if after else "number = ?"
        with self._transaction():
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

    def save_feedback(self, conversation: str, number: int, feedback: Feedback) -> None:
        """Save feedback on an answer, replacing any earlier feedback."""
        with self._transaction():
            self._database.execute(
                "UPDATE exchanges SET helpful = ?, correction = ?, unanswerable = ? "
                "WHERE number = ? AND conversation = ?",
                feedback.helpful,
                feedback.correction.strip(),
                feedback.unanswerable,
                number,
                conversation,
            )

    def with_feedback(self, owner: str) -> dict[str, list[SavedExchange]]:
        """Return all exchanges of the conversations with feedback, by conversation id.

        Exchanges without feedback are included: a follow-up depends on the ones before it.
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
        """Return the saved settings by name."""
        rows = self._database.rows("SELECT name, value FROM settings")
        return {str(name): str(value) for name, value in rows}

    def save_settings(self, values: Mapping[str, str]) -> None:
        """Save settings; others keep their values."""
        with self._transaction():
            for name, value in values.items():
                self._database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)


def _shortened(title: str) -> str:
    title = " ".join(title.split())
    if len(title) <= _MAX_TITLE_CHARACTERS:
        return title
    return title[: _MAX_TITLE_CHARACTERS - 1].rstrip() + "…"
