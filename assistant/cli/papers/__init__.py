"""``assistant papers``: manage the papers of a library."""
