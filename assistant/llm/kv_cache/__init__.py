"""The KV cache: prefilling prompts, sharing cells between slots, and caching cells on disk.

Design notes: docs/design/reading-cache.md
"""
