"""Replies about records: fields, statistics, references, and their wording."""
