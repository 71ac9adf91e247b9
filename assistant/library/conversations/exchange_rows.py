"""Reading the exchanges of a conversation, and the tree of their versions."""

import json
from collections.abc import Sequence

from assistant.library.conversations.records import Feedback, SavedExchange
from assistant.library.conversations.versions import Node, VersionTree
from assistant.library.storage.database import Database, Row


def read_tree(database: Database, conversation: str) -> VersionTree:
    """Return the tree of the exchanges of a conversation."""
    rows = database.rows(
        "SELECT number, follows, chosen, removal FROM exchanges WHERE conversation = ?",
        conversation,
    )
    return VersionTree(
        [
            Node(int(str(number)), int(str(follows)), int(str(chosen)), removal is not None)
            for number, follows, chosen, removal in rows
        ]
    )


def read_exchanges(
    database: Database, tree: VersionTree, numbers: Sequence[int]
) -> list[SavedExchange]:
    """Return the exchanges with some numbers, in that order."""
    rows = database.rows(
        "SELECT number, content, helpful, correction, unanswerable, EXISTS (SELECT 1 "
        "FROM saved_answers WHERE exchange = number AND saved_answers.removal IS NULL) "
        "FROM exchanges WHERE number IN (SELECT value FROM json_each(?))",
        json.dumps(numbers),
    )
    found = {one.number: one for one in (_exchange(row, tree) for row in rows)}
    # Another process may have purged some since the tree was read.
    return [found[number] for number in numbers if number in found]


def _exchange(row: Row, tree: VersionTree) -> SavedExchange:
    number, content, helpful, correction, unanswerable, saved = row
    feedback = Feedback(
        None if helpful is None else bool(helpful), str(correction), bool(unanswerable)
    )
    id_ = int(str(number))
    return SavedExchange(id_, str(content), feedback, tree.versions(id_), bool(saved))
