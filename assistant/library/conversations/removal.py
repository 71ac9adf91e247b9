"""Removing rows so that they can be restored until they are purged."""

import secrets

from assistant.library.storage.database import Database


def mark_removed(database: Database, table: str, key: str, value: str | int, owner: str) -> str:
    """Mark the row of an owner as removed, in a transaction of the caller; return its token.

    Args:
        database: the file of conversations.
        table: a table with the columns `owner` and `removal`.
        key: the column that identifies the row.
        value: its value.
        owner: the name of the user; empty without a login.
    """
    removal = secrets.token_urlsafe(12)
    database.execute(
        f"UPDATE {table} SET removal = ? WHERE {key} = ? AND owner = ? AND removal IS NULL",
        removal,
        value,
        owner,
    )
    return removal
