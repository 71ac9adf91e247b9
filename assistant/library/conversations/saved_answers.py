"""The answers that users saved: copies of exchanges, with a note on each."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from assistant.library.annotations.store import MAX_NOTE_CHARACTERS
from assistant.library.conversations.removal import mark_removed
from assistant.library.storage.database import Database, Row
from assistant.text.folding import folded


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer that somebody saved.

    Attributes:
        number: the number of its exchange.
        content: the exchange as JSON, in the format of the interface that saved it.
        saved: when it was saved, in seconds since 1970.
        note: the note on it; may be empty.
        title: the title of its conversation.
        conversation: the id of its conversation; empty if that was deleted.
    """

    number: int
    content: str
    saved: float
    note: str
    title: str
    conversation: str


class SavedAnswers:
    """The saved answers in the file of conversations. Each belongs to an owner.

    An owner is the name of an account; it is empty without accounts. Methods that write raise
    `LibraryError` if the file cannot be written. `Conversations.restore` undoes a removal.
    """

    def __init__(
        self, database: Database, transaction: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Use the database of the conversations, and their transactions."""
        self._database = database
        self._transaction = transaction

    def find(self, owner: str, search: str = "") -> list[int]:
        """Return the numbers of an owner's saved answers, the latest first.

        Args:
            owner: the name of the user; empty without a login.
            search: return only answers with all these words, or words that contain them, in the
                question, the answer, the note or the title of the conversation.
        """
        rows = self._database.rows(
            "SELECT exchange, text, note, title FROM saved_answers "
            "WHERE owner = ? AND removal IS NULL ORDER BY saved DESC, exchange DESC",
            owner,
        )
        words = folded(search).split()
        return [
            int(str(number))
            for number, *texts in rows
            if _contains(folded("\n".join(map(str, texts))), words)
        ]

    def get(self, owner: str, numbers: Sequence[int]) -> list[SavedAnswer]:
        """Return those of an owner's saved answers that have some numbers, in that order."""
        rows = self._database.rows(
            "SELECT exchange, content, saved, note, saved_answers.title, "
            "ifnull(conversations.id, '') FROM saved_answers "
            "LEFT JOIN conversations ON conversations.id = saved_answers.conversation "
            "AND conversations.removal IS NULL "
            "WHERE saved_answers.owner = ? AND saved_answers.removal IS NULL "
            "AND exchange IN (SELECT value FROM json_each(?))",
            owner,
            json.dumps(list(numbers)),
        )
        found = {one.number: one for one in map(_answer, rows)}
        return [found[number] for number in numbers if number in found]

    def add(self, owner: str, number: int) -> None:
        """Save the answer of an exchange; one of another owner is ignored.

        An answer that was removed gets its note back.
        """
        with self._transaction():
            self._database.execute(
                "INSERT INTO saved_answers "
                "(exchange, owner, conversation, title, saved, text, content) "
                "SELECT number, owner, conversation, title, ?, text, content FROM exchanges "
                "JOIN conversations ON conversations.id = exchanges.conversation "
                "WHERE number = ? AND owner = ? "
                "ON CONFLICT (exchange) DO UPDATE SET saved = excluded.saved, removal = NULL "
                "WHERE saved_answers.removal IS NOT NULL",
                time.time(),
                number,
                owner,
            )

    def save_note(self, owner: str, number: int, text: str) -> None:
        """Save the note on a saved answer, replacing any earlier one."""
        with self._transaction():
            self._database.execute(
                "UPDATE saved_answers SET note = ? WHERE exchange = ? AND owner = ?",
                text.strip()[:MAX_NOTE_CHARACTERS],
                number,
                owner,
            )

    def remove(self, owner: str, number: int) -> str:
        """Remove a saved answer; return a token for `Conversations.restore`."""
        with self._transaction():
            return mark_removed(self._database, "saved_answers", "exchange", number, owner)


def _contains(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _answer(row: Row) -> SavedAnswer:
    number, content, saved, note, title, conversation = row
    return SavedAnswer(
        int(str(number)), str(content), float(str(saved)), str(note), str(title), str(conversation)
    )
