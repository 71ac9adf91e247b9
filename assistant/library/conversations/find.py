"""Finding conversations by words in their titles and exchanges."""

import re
from dataclasses import replace

from assistant.library.conversations.records import Conversation, conversation_from_row
from assistant.library.storage.database import Database

_WORD = re.compile(r"\w+")
_SNIPPET_WORDS = 14
# Surrounds each found word in a snippet. It does not occur in text from people or models.
_FOUND = "\x1f"


def find_conversations(
    database: Database, owner: str, search: str, limit: int
) -> list[Conversation]:
    """Return an owner's conversations that contain all words of a search, the latest first.

    Each has a snippet of its best-matching exchange.
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
        values += [*words, _query(words)]
    rows = database.rows(
        "SELECT id, title, changed FROM conversations "
        f"WHERE owner = ? AND removal IS NULL{matches} ORDER BY changed DESC LIMIT ?",
        *values,
        limit,
    )
    found = [conversation_from_row(row) for row in rows]
    snippets = _snippets(database, owner, words) if words and found else {}
    return [replace(one, snippet=snippets.get(one.id, ())) for one in found]


def _query(words: list[str]) -> str:
    """Return the FTS5 query for texts that contain all words, each also as a prefix."""
    return " ".join(f'"{word}"*' for word in words)


def _snippets(database: Database, owner: str, words: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the snippet of the best match in each of an owner's conversations, by id."""
    rows = database.rows(
        f"SELECT conversation, snippet(words, 0, ?, ?, '…', {_SNIPPET_WORDS}) FROM words "
        "JOIN exchanges ON exchanges.number = words.rowid "
        "JOIN conversations ON conversations.id = exchanges.conversation "
        "WHERE owner = ? AND exchanges.removal IS NULL AND words MATCH ? ORDER BY rank DESC",
        _FOUND,
        _FOUND,
        owner,
        _query(words),
    )
    # The best match comes last, and replaces the others.
    return {str(id_): tuple(str(text).split(_FOUND)) for id_, text in rows}
