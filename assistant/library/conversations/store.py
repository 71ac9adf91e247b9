"""The store of conversations: one SQLite file in the library folder.

The content of an exchange is JSON whose format belongs to the interface that saved it. Removed
conversations and exchanges are only marked: `restore` brings them back until `purge` deletes them.
"""

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.conversations.exchange_rows import read_exchanges, read_tree
from assistant.library.conversations.find import find_conversations
from assistant.library.conversations.records import (
    Conversation,
    Feedback,
    SavedExchange,
    conversation_from_row,
    short_title,
)
from assistant.library.conversations.removal import mark_removed
from assistant.library.conversations.saved_answers import SavedAnswers
from assistant.library.storage.damage import DamagedError, is_damage
from assistant.library.storage.database import Database
from assistant.library.storage.marker import check_present, record_file

FILE_NAME = "conversations.sqlite"
"""The name of the file in a library folder."""

_SCHEMA = ("schema.sql", "schema-2.sql", "schema-3.sql")
_NEXT_CHOICE = "(SELECT ifnull(max(chosen), 0) + 1 FROM exchanges WHERE conversation = ?)"


class Conversations:
    """One SQLite file. Any thread may call it. A call returns after its change is saved.

    Methods that write raise `LibraryError` if the file cannot be written.

    Attributes:
        is_read_only: whether the file cannot be written.
        saved_answers: the answers that users saved.
    """

    def __init__(self, path: Path, *, changes_private_copy: bool = False) -> None:
        """Open the file, creating it if necessary.

        Args:
            path: the file.
            changes_private_copy: whether to keep the changes of a file that cannot be written in a
                private copy, until it is closed.

        Raises:
            LibraryError: it is missing, cannot be opened, or was made by a newer version of the
                assistant.
        """
        self._path = path
        check_present(path)
        schema = [Path(__file__).with_name(name).read_text("utf-8") for name in _SCHEMA]
        try:
            self._database = Database(path, schema, changes_private_copy=changes_private_copy)
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.Error) and is_damage(error):
                raise DamagedError(path, error) from error
            raise LibraryError(
                f"{path} cannot be opened ({error}). If the disk is full, free some space and try "
                "again."
            ) from error
        self.is_read_only = self._database.is_read_only
        if not self.is_read_only:
            record_file(path)
        self.saved_answers = SavedAnswers(self._database, self._transaction)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with self._database.transaction():
                yield
        except sqlite3.Error as error:
            advice = "Check its permissions" if self.is_read_only else "Free some space"
            raise LibraryError(
                f"{self._path} cannot be written ({error}). {advice} and try again: everything "
                "saved before is still there."
            ) from error

    def start(self, owner: str, title: str) -> Conversation:
        """Start a conversation.

        Args:
            owner: the name of the user who may see it; empty without a login.
            title: such as the first question; shortened if it is long.
        """
        conversation = Conversation(secrets.token_urlsafe(12), short_title(title), time.time())
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
        """Return a conversation; None if this owner has none with this id."""
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
        return find_conversations(self._database, owner, search, limit)

    def rename(self, owner: str, id_: str, title: str) -> None:
        """Change the title of a conversation; a blank title is ignored."""
        if title := short_title(title):
            with self._transaction():
                self._database.execute(
                    "UPDATE conversations SET title = ? WHERE id = ? AND owner = ?",
                    title,
                    id_,
                    owner,
                )

    def remove(self, owner: str, id_: str) -> str:
        """Remove a conversation; return a token for `restore`."""
        with self._transaction():
            return mark_removed(self._database, "conversations", "id", id_, owner)

    def restore(self, removal: str) -> bool:
        """Undo a removal; return False if it was already purged."""
        with self._transaction():
            counts = [
                self._database.execute(
                    f"UPDATE {table} SET removal = NULL WHERE removal = ?", removal
                )
                for table in ("conversations", "exchanges", "saved_answers")
            ]
        return any(counts)

    def removal_of(self, owner: str, id_: str) -> str | None:
        """Return the token for restoring a removed conversation; None if there is none."""
        rows = self._database.rows(
            "SELECT removal FROM conversations WHERE id = ? AND owner = ? AND removal IS NOT NULL",
            id_,
            owner,
        )
        return str(rows[0][0]) if rows else None

    def purge(self) -> None:
        """Permanently delete everything that was removed."""
        with self._transaction():
            self._database.execute("DELETE FROM conversations WHERE removal IS NOT NULL")
            removed = self._database.rows("SELECT number FROM exchanges WHERE removal IS NOT NULL")
            for (number,) in removed:
                self._database.execute(
                    "UPDATE exchanges SET follows = "
                    "(SELECT follows FROM exchanges WHERE number = ?) WHERE follows = ?",
                    number,
                    number,
                )
            self._database.execute("DELETE FROM exchanges WHERE removal IS NOT NULL")
            self._database.execute("DELETE FROM saved_answers WHERE removal IS NOT NULL")

    def exchanges(self, conversation: str) -> list[SavedExchange]:
        """Return the shown exchanges of a conversation, in order."""
        tree = read_tree(self._database, conversation)
        return read_exchanges(self._database, tree, list(tree.shown()))

    def add_exchange(self, conversation: str, follows: int, text: str, content: str) -> int:
        """Save a new exchange of a conversation; return its number.

        If other exchanges follow the same one, the new one becomes the shown version of the turn.

        Args:
            conversation: its id.
            follows: the number of the exchange before it; 0 if it is the first.
            text: the searchable text.
            content: the exchange as JSON.
        """
        with self._transaction():
            self._database.execute(
                "INSERT INTO exchanges (conversation, follows, chosen, text, content) "
                f"VALUES (?, ?, {_NEXT_CHOICE}, ?, ?)",
                conversation,
                follows,
                conversation,
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

    def choose_version(self, conversation: str, number: int) -> None:
        """Show an exchange, and what follows it, instead of the other versions of its turn."""
        with self._transaction():
            self._database.execute(
                f"UPDATE exchanges SET chosen = {_NEXT_CHOICE} "
                "WHERE conversation = ? AND number = ?",
                conversation,
                conversation,
                number,
            )
            self._touch(conversation)

    def remove_exchange(self, conversation: str, number: int) -> str:
        """Remove an exchange; return a token for `restore`.

        If its turn has other versions, what follows the exchange is removed too; otherwise kept.
        """
        removal = secrets.token_urlsafe(12)
        tree = read_tree(self._database, conversation)
        has_others = number in tree and len(tree.versions(number)) > 1
        removed = tree.branch(number) if has_others else [number]
        with self._transaction():
            self._database.execute(
                "UPDATE exchanges SET removal = ? WHERE conversation = ? AND removal IS NULL "
                "AND number IN (SELECT value FROM json_each(?))",
                removal,
                conversation,
                json.dumps(removed),
            )
            self._touch(conversation)
        return removal

    def _touch(self, conversation: str) -> None:
        self._database.execute(
            "UPDATE conversations SET changed = ? WHERE id = ?", time.time(), conversation
        )

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

    def with_feedback(self, owner: str) -> list[list[SavedExchange]]:
        """Return each exchange that has feedback, preceded by those that lead to it.

        A follow-up question depends on the exchanges before it.
        """
        rows = self._database.rows(
            "SELECT conversations.id, number FROM conversations "
            "JOIN exchanges ON exchanges.conversation = conversations.id "
            "WHERE owner = ? AND conversations.removal IS NULL AND exchanges.removal IS NULL "
            "AND helpful IS NOT NULL ORDER BY conversations.changed, number",
            owner,
        )
        paths = []
        for id_, number in rows:
            tree = read_tree(self._database, str(id_))
            paths.append(read_exchanges(self._database, tree, tree.path(int(str(number)))))
        return paths

    def settings(self) -> dict[str, str]:
        """Return the saved settings by name."""
        rows = self._database.rows("SELECT name, value FROM settings")
        return {str(name): str(value) for name, value in rows}

    def save_settings(self, values: Mapping[str, str]) -> None:
        """Save settings; other settings keep their values."""
        with self._transaction():
            for name, value in values.items():
                self._database.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)
