"""Opening a library folder, or creating it with the sample papers."""

from pathlib import Path

from assistant.library.backup.snapshots import take_daily_snapshot
from assistant.library.index.embedder import Embedder
from assistant.library.library import Library
from assistant.library.progress import OnProgress
from assistant.models import locate
from assistant.papers import sample_papers
from assistant.settings import Settings


def open_library(
    folder: Path, settings: Settings, *, samples: bool, on_progress: OnProgress | None = None
) -> Library:
    """Open a library folder; index papers that an interrupted run left unindexed.

    Args:
        folder: the library's folder.
        settings: name the embedder and the chunk size.
        samples: whether a new library gets the sample papers.
        on_progress: called as papers are indexed.

    Raises:
        ModelError: the embedder is not on this machine.
        LibraryError: the folder cannot be used.
    """
    embedder = Embedder(settings.embedder, locate(settings.embedder))
    library = Library(folder, embedder, settings.chunk_word_pieces)
    take_daily_snapshot(folder)
    library.repair(on_progress)
    if library.is_new:
        library.catalogue.set_meta("samples", "wanted" if samples else "not wanted")
    if library.catalogue.meta("samples") == "wanted" and not library.catalogue.is_read_only:
        # Recorded after they are added, so that the run after an interrupted one adds them.
        library.add(sample_papers(), on_progress)
        library.catalogue.set_meta("samples", "added")
    return library
