"""Searches: run page by page into a library, saved, and resumed where one was cut."""
