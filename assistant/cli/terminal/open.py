"""Open the assistant, a library, or its catalogue for a command."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.terminal.options import folder_from
from assistant.cli.terminal.output import print_note, progress_bar
from assistant.errors import LibraryError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.library import Catalogue, Library


def open_assistant(
    library: Path | None, settings: Settings, *, samples: bool = True
) -> "Assistant":
    """Open an assistant, with a progress bar if papers have to be indexed.

    Args:
        library: the library folder; None for the default one. It is created if it does not exist.
        settings: the assistant's settings.
        samples: whether to add the sample papers to a new library.
    """
    from assistant.answering import Assistant

    with progress_bar("Indexing papers") as on_progress:
        return Assistant.open(
            folder_from(library), settings=settings, samples=samples, on_progress=on_progress
        )


def open_catalogue(library: Path | None) -> "Catalogue":
    """Open the catalogue of an existing library, without loading a model.

    Args:
        library: the library folder; None for the default one.

    Raises:
        LibraryError: there is no library in the folder.
    """
    from assistant.library import Catalogue
    from assistant.library.storage.marker import CATALOGUE, check_present

    folder = folder_from(library)
    path = folder / CATALOGUE
    check_present(path)
    if not path.exists():
        raise LibraryError(
            f"There is no library in {folder}. Create one with `assistant add FILE`."
        )
    return Catalogue(path)


def check_model(settings: Settings) -> None:
    """Check that the model of some settings is on this machine, before slower work starts.

    Endpoints are not contacted.

    Raises:
        ModelError: it is not.
        InputError: an endpoint is not valid.
    """
    from assistant.answering import check_model as check

    check(settings)


def print_missing_features(assistant: "Assistant") -> None:
    """Print on one line which features answers from an endpoint lack, if one is used."""
    if missing := assistant.engine().missing_features():
        print_note(f"Answered over an endpoint; {'; '.join(missing)}.")


def open_library(library: Path | None, embedder: str | None = None) -> "Library":
    """Open an existing library, without an assistant.

    Args:
        library: the library folder; None for the default one.
        embedder: a registry name or a folder; None for the one that the library is indexed with.

    Raises:
        LibraryError: there is no library in the folder.
        ModelError: the embedder is not on this machine.
    """
    from assistant.library import Embedder, Library, with_recorded_embedder
    from assistant.models import locate

    open_catalogue(library).close()
    folder = folder_from(library)
    name = embedder or with_recorded_embedder(Settings(), folder).embedder
    return Library(folder, Embedder(name, locate(name)))
