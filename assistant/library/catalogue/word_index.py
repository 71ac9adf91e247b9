"""The word indexes: full-text search over titles and abstracts, and over metadata (SQLite FTS5).

Triggers in the schema keep them up to date with the table of papers.
"""

import re
from collections.abc import Sequence

from assistant.library.scope import EVERYTHING, Scope, sql_condition
from assistant.library.storage.database import Database
from assistant.text.scripts import search_text

_WORD = re.compile(r"\w+")


class WordIndex:
    """The words of all papers of a catalogue. Titles and abstracts are stemmed (Porter)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def match(
        self, words: Sequence[str], limit: int, scope: Scope = EVERYTHING
    ) -> list[tuple[str, float]]:
        """Return the papers of a scope that contain any of the words, best BM25 score first.

        A word in the title counts twice as much as one in the abstract.

        Returns:
            Pairs of paper id and score, higher is better, at most ``limit``.
        """
        if not words:
            return []
        query = " OR ".join(map(_quoted, words))
        condition, values = sql_condition(scope)
        # The unary plus keeps SQLite from running the word query once for each paper of the scope.
        within = f"AND +rowid IN (SELECT number FROM papers WHERE {condition})" if scope else ""
        # Rank inside the word index first: joining all papers with a common word is the slow part.
        rows = self._database.rows(
            "SELECT papers.id, -score FROM ("
            "SELECT rowid AS number, rank AS score FROM words "
            f"WHERE words MATCH ? AND rank MATCH 'bm25(2.0, 1.0)' {within} ORDER BY rank LIMIT ?"
            ") JOIN papers USING (number) ORDER BY score, number",
            query,
            *values,
            limit,
        )
        return [(str(row[0]), float(str(row[1]))) for row in rows]

    def match_metadata(self, text: str, limit: int, scope: Scope = EVERYTHING) -> list[str]:
        """Return the papers of a scope whose metadata match a text, best BM25 score first.

        All words of the text must occur in a paper's metadata. In addition, one of them must be in
        a name or an id, or all of them must be adjacent in the venue. Case and accents are ignored.

        Returns:
            Paper ids, at most ``limit``.
        """
        words = list(map(_quoted, _WORD.findall(text)))
        if not words:
            return []
        names = f"{{authors editors citation_key doi arxiv_id ids}}: ({' OR '.join(words)})"
        condition, values = sql_condition(scope)
        rows = self._database.rows(
            "SELECT papers.id FROM metadata_words "
            "JOIN papers ON papers.number = metadata_words.rowid "
            f"WHERE metadata_words MATCH ? AND {condition} ORDER BY rank, papers.number LIMIT ?",
            f"({' AND '.join(words)}) AND ({names} OR venue: {' + '.join(words)})",
            *values,
            limit,
        )
        return [str(row[0]) for row in rows]

    def count(self, word: str) -> int:
        """Return the number of papers that contain a word in any inflection."""
        [(count,)] = self._database.rows(
            "SELECT COUNT(*) FROM words WHERE words MATCH ?", _quoted(word)
        )
        return int(str(count))


def _quoted(word: str) -> str:
    """Return a word as an FTS5 string literal; a phrase if it is indexed as several tokens."""
    return '"' + search_text(word).replace('"', '""') + '"'
