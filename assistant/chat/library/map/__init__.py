"""The map of the papers."""
