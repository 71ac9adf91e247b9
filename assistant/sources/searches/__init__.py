"""Searches: adding their results to a library, resuming them, and saving them."""
