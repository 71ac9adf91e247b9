"""Files on disk: SQLite databases, the writing lock, and what to do if one is damaged."""
