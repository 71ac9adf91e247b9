"""The library: what the assistant knows. Papers, their chunks, and the chunks' vectors."""

from assistant.library.catalogue import Catalogue, Chunk, Level
from assistant.library.embedder import Embedder, Vector
from assistant.library.library import AddReport, Library, PaperProgress

__all__ = [
    "AddReport",
    "Catalogue",
    "Chunk",
    "Embedder",
    "Level",
    "Library",
    "PaperProgress",
    "Vector",
]
