"""Answers about records: fields, statistics, references, and their wording."""
