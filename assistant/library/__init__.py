"""The library: papers, their chunks, and the chunks' vectors."""

from assistant.library.add_report import AddReport, FileReport, SkippedRecords
from assistant.library.catalogue import Catalogue, Chunk, Level
from assistant.library.conversations import (
    Conversation,
    Conversations,
    Feedback,
    SavedAnswer,
    SavedExchange,
)
from assistant.library.index.embedder import Embedder
from assistant.library.library import Library
from assistant.library.open_library import open_library
from assistant.library.progress import PaperProgress
from assistant.library.recorded_embedder import with_recorded_embedder
from assistant.library.scope import EVERYTHING, Scope
from assistant.library.vector import Vector

__all__ = [
    "EVERYTHING",
    "AddReport",
    "Catalogue",
    "Chunk",
    "Conversation",
    "Conversations",
    "Embedder",
    "Feedback",
    "FileReport",
    "Level",
    "Library",
    "PaperProgress",
    "SavedAnswer",
    "SavedExchange",
    "Scope",
    "SkippedRecords",
    "Vector",
    "open_library",
    "with_recorded_embedder",
]
