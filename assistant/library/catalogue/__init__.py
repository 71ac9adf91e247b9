"""The catalogue: papers, chunks, the word index and sentence vectors in one SQLite file."""

from assistant.library.catalogue.catalogue import Catalogue
from assistant.library.catalogue.chunk import SEARCHED, Chunk, Level
from assistant.library.catalogue.merge_log import Merge

__all__ = ["SEARCHED", "Catalogue", "Chunk", "Level", "Merge"]
