"""Converting XML and HTML markup to plain text."""
