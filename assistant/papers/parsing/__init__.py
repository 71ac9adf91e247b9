"""Parsing helpers shared by the readers."""
