"""The library: what the assistant knows. Papers, their chunks, and the chunks' vectors."""

from assistant.library.catalogue import Catalogue, Chunk, Level
from assistant.library.embedder import Embedder, Vector
from assistant.library.library import AddProgress, AddReport, Library

__all__ = [
    "AddProgress",
    "AddReport",
    "Catalogue",
    "Chunk",
    "Embedder",
    "Level",
    "Library",
    "Vector",
]
