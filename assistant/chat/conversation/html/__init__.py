"""The HTML of conversations. Every string in it is escaped."""
