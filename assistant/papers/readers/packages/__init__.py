"""Readers of papers as Word documents and e-books."""
