"""``assistant eval``: a module for each command."""
