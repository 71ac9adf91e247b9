"""The Model Context Protocol: the library's papers as tools of other assistants.

Importing a module of this room imports ``mcp``, which is an extra: ``paper-assistant[mcp]``.
"""
