"""The embedder that a library was indexed with, which it keeps."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from assistant.library.catalogue import Catalogue
from assistant.settings import Settings


def with_recorded_embedder(settings: Settings, folder: Path) -> Settings:
    """Return settings with the embedder that a library was indexed with, if they name none.

    The default embedder counts as none: it is that of new libraries.

    Args:
        settings: of the assistant.
        folder: of a library, which may be yet to be made.

    Raises:
        LibraryError: the catalogue that is there cannot be read.
    """
    path = folder / "catalogue.sqlite"
    if settings.embedder != Settings().embedder or not path.exists():
        return settings
    with closing(Catalogue(path)) as catalogue:
        own = catalogue.meta("embedder")
    return replace(settings, embedder=own or settings.embedder)
