"""Conversations as HTML: every string in it is escaped."""
