"""The Model Context Protocol: the library's papers as tools of other assistants.

Importing any module of this package imports ``mcp``, an extra: ``paper-assistant[mcp]``.
"""
