"""The server: an OpenAI-compatible API, a REST API, MCP and the chat page, over one library.

Importing any module of this package imports FastAPI, except `options` and `access.keys`.
"""
