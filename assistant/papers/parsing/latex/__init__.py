"""Converting LaTeX markup to plain text."""
