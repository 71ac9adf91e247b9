"""The key-value cache: prefilling prompts into it, sharing its cells, keeping them on disk.

Design notes: docs/design/reading-cache.md
"""
