"""A local research assistant: cited, checked answers from a pile of paper abstracts."""

__version__ = "0.1.0"
