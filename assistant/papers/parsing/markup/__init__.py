"""XML and HTML markup as plain text."""
