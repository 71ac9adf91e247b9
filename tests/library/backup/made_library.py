"""The library that is backed up."""

from contextlib import closing
from pathlib import Path

from word_embedder import WordEmbedder

from assistant.library import Conversations, Library
from assistant.papers import Paper

PAPERS = [Paper(title=f"Report {n}", abstract=f"We weigh {n} stones.") for n in range(5)]


def make_library(folder: Path) -> None:
    """Make a library with five papers and a conversation."""
    with closing(Library(folder, WordEmbedder())) as library:
        library.add(PAPERS)
    with closing(Conversations(folder / "conversations.sqlite")) as conversations:
        conversations.start("", "What do stones weigh?")
