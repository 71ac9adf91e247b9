"""The server: an OpenAI-compatible API, a REST API, MCP and the chat page, over one library.

Importing a module of this room imports FastAPI, except `options` and `access.keys`.
"""
