"""LaTeX markup as plain text."""
