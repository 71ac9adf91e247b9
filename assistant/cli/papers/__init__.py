"""``assistant papers``: the papers of a library."""
