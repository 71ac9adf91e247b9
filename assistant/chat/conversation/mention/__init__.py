"""Naming papers, collections and tags in the question box with ``@``."""
