"""The vocabulary of a library: the words that its word indexes have."""

import sqlite3
import threading
from collections.abc import Sequence

from assistant.library.storage.database import Database

_TOKENIZER = "porter unicode61 remove_diacritics 2"

VIEWS = """
    CREATE VIRTUAL TABLE temp.stems USING fts5vocab (main, words, row);
    CREATE VIRTUAL TABLE temp.metadata_terms USING fts5vocab (main, metadata_words, row);
"""
"""Creates the views of the word indexes for one connection. They store nothing."""


class Vocabulary:
    """The words of the titles, abstracts and metadata of all papers. Any thread may call it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        # The titles and abstracts are indexed by their stems, which only FTS5 can compute.
        self._stemmer = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._stemmer.executescript(
            f"CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = '{_TOKENIZER}');"
            "CREATE VIRTUAL TABLE stems USING fts5vocab (words, instance);"
        )

    def counts(self, words: Sequence[str]) -> dict[str, int]:
        """Return in how many papers words occur, for those that occur.

        A word of a title or an abstract counts in any inflection, one of the metadata as it is
        written there.

        Args:
            words: of letters and digits only, in lower case without accents.
        """
        if not words:
            return {}
        stems = self._stems(words)
        in_text = self._documents("stems", sorted(set(stems)))
        in_metadata = self._documents("metadata_terms", sorted(set(words)))
        found = {
            word: max(in_text.get(stem, 0), in_metadata.get(word, 0))
            for word, stem in zip(words, stems, strict=True)
        }
        return {word: count for word, count in found.items() if count}

    def _stems(self, words: Sequence[str]) -> list[str]:
        with self._lock:
            self._stemmer.execute("DELETE FROM words")
            self._stemmer.execute("INSERT INTO words VALUES (?)", (" ".join(words),))
            rows = self._stemmer.execute("SELECT term FROM stems ORDER BY offset").fetchall()
        return [str(term) for (term,) in rows]

    def _documents(self, view: str, terms: Sequence[str]) -> dict[str, int]:
        # Sorted terms are neighbours in the index, which is twice as fast as looking up each.
        places = ", ".join("?" * len(terms))
        rows = self._database.rows(f"SELECT term, doc FROM {view} WHERE term IN ({places})", *terms)
        return {str(term): int(str(count)) for term, count in rows}
