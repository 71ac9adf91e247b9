"""Mentions of papers, collections and tags in the question box with ``@``."""
