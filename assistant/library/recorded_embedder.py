"""The embedder that a library was indexed with, as recorded in its catalogue."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from assistant.library.catalogue import Catalogue
from assistant.settings import Settings


def with_recorded_embedder(settings: Settings, folder: Path) -> Settings:
    """Return settings with the embedder that a library was indexed with.

    Settings that name an embedder other than the default one are returned unchanged.

    Args:
        settings: the assistant's settings.
        folder: a library's folder, which need not exist yet.

    Raises:
        LibraryError: the catalogue cannot be read.
    """
    path = folder / "catalogue.sqlite"
    if settings.embedder != Settings().embedder or not path.exists():
        return settings
    with closing(Catalogue(path)) as catalogue:
        recorded = catalogue.meta("embedder")
    return replace(settings, embedder=recorded or settings.embedder)
