"""Finds the authors, venues, dates, titles and ids of records that a question names."""
