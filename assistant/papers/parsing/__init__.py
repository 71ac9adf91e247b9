"""Parsing helpers that the readers share."""
