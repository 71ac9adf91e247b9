"""``assistant eval``: a file a group of commands."""
