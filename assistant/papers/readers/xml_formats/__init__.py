"""Readers of XML formats, recognised by the name of the root element."""
