"""The results table: the numbers that the abstracts report."""
