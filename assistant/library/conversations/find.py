"""Find conversations by the words of their titles and exchanges."""

import re

from assistant.library.conversations.records import Conversation, conversation_from_row
from assistant.library.storage.database import Database

_WORD = re.compile(r"\w+")


def find_conversations(
    database: Database, owner: str, search: str, limit: int
) -> list[Conversation]:
    """Return an owner's conversations that contain all words of a search, the latest first."""
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
    rows = database.rows(
        "SELECT id, title, changed FROM conversations "
        f"WHERE owner = ? AND removal IS NULL{matches} ORDER BY changed DESC LIMIT ?",
        *values,
        limit,
    )
    return [conversation_from_row(row) for row in rows]
