"""Opening what a command works on: the assistant, a library alone, or just its catalogue."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.terminal.options import folder_from
from assistant.cli.terminal.output import indexing
from assistant.errors import LibraryError
from assistant.models import locate
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.library import Catalogue, Library


def open_assistant(
    library: Path | None, settings: Settings, *, samples: bool = True
) -> "Assistant":
    """Open a library folder, showing the progress of what is to be indexed.

    Args:
        library: the folder; None for the default one. It is made if it is new.
        settings: of the assistant.
        samples: whether a new library gets the sample papers.
    """
    from assistant.answering import Assistant

    with indexing() as on_progress:
        return Assistant.open(
            folder_from(library), settings=settings, samples=samples, on_progress=on_progress
        )


def open_catalogue(library: Path | None) -> "Catalogue":
    """Open the catalogue of a library that exists; needs no model.

    Raises:
        LibraryError: there is no library in the folder.
    """
    from assistant.library import Catalogue

    folder = folder_from(library)
    path = folder / "catalogue.sqlite"
    if not path.exists():
        raise LibraryError(f"There is no library in {folder}. Make one with `assistant add FILE`.")
    return Catalogue(path)


def open_library(library: Path | None, embedder: str | None = None) -> "Library":
    """Open a library that exists, without the assistant around it.

    Args:
        library: the folder; None for the default one.
        embedder: a registry name or a folder; None for the one that it was indexed with.

    Raises:
        LibraryError: there is no library in the folder.
        ModelError: the embedder is not on this machine.
    """
    from assistant.library import Embedder, Library, with_recorded_embedder

    open_catalogue(library).close()
    folder = folder_from(library)
    name = embedder or with_recorded_embedder(Settings(), folder).embedder
    return Library(folder, Embedder(name, locate(name)))
