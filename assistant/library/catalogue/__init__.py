"""The catalogue: papers, chunks, the word index and sentence vectors in one SQLite file."""

from assistant.library.catalogue.catalogue import Catalogue
from assistant.library.catalogue.chunk import SEARCHED, Chunk, Level

__all__ = ["SEARCHED", "Catalogue", "Chunk", "Level"]
