"""``assistant backup | restore | rescue``: copy a library, and save papers of a damaged one."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from assistant.atomic_write import write_atomically
from assistant.cli.terminal.options import LibraryOption, folder_from
from assistant.cli.terminal.output import print_note, progress_bar
from assistant.errors import InputError, ModelError


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write, a zip.")],
    vectors: Annotated[
        bool,
        typer.Option(
            "--vectors",
            help="Include the vectors: a larger file, and nothing to compute when it is restored.",
        ),
    ] = False,
    no_pdfs: Annotated[
        bool, typer.Option("--no-pdfs", help="Leave the PDFs of the papers out: a smaller file.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    library: LibraryOption = None,
) -> None:
    """Back up a library: its papers and their PDFs, conversations, settings, saved searches.

    The library may be in use. Besides, a snapshot is taken on each day on which it has changed;
    the seven latest are kept in its folder, in snapshots/. They have no PDFs.

    Example:
        $ assistant backup papers.zip
        109 papers and 3 conversations in papers.zip (0.2 MB)
    """
    from rich.filesize import decimal

    from assistant.library.backup.archive import write_backup

    target = file.expanduser()
    made = write_backup(
        folder_from(library), target, vectors=vectors, pdfs=not no_pdfs, overwrite=force
    )
    size = decimal(target.stat().st_size)
    pdfs = f" ({made.pdfs} with their PDF)" if made.pdfs else ""
    typer.echo(
        f"{made.papers} papers{pdfs} and {made.conversations} conversations in {file} ({size})"
    )


def restore(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A backup; default: the latest snapshot."),
    ] = None,
    list_snapshots: Annotated[
        bool, typer.Option("--list", help="List the snapshots in the library's folder.")
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Replace the content of a library by that of a backup or snapshot.

    The library may be in use. What it held before is kept, in snapshots/before-restore.zip.

    Example:
        $ assistant restore papers.zip
        109 papers and 3 conversations of 2026-11-29 are restored
    """
    from rich.filesize import decimal

    from assistant.library.backup.restore import restore_backup
    from assistant.library.backup.snapshots import BEFORE_RESTORE, snapshots

    folder = folder_from(library)
    kept = snapshots(folder)
    if list_snapshots:
        for one in kept:
            typer.echo(f"{one.path}  {decimal(one.bytes)}")
        return
    if file is None:
        daily = [one.path for one in kept if one.path.name != BEFORE_RESTORE]
        if not daily:
            raise InputError(f"There is no snapshot in {folder}. Name a backup to restore.")
        file = daily[-1]
    restored = restore_backup(folder, file.expanduser())
    _index(library)
    typer.echo(
        f"{restored.papers} papers and {restored.conversations} conversations of "
        f"{restored.made.partition('T')[0]} are restored"
    )


def rescue(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The JSON Lines file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    library: LibraryOption = None,
) -> None:
    """Save each paper that a damaged catalogue still holds.

    The library is not changed. `assistant add FILE --library NEW` makes a new one of the papers.

    Example:
        $ assistant rescue saved.jsonl
        104 of 109 papers saved in saved.jsonl
    """
    from assistant.library.backup.rescue import rescue_papers
    from assistant.library.storage.marker import CATALOGUE
    from assistant.papers.writers import WRITERS

    path = folder_from(library) / CATALOGUE
    try:
        found = rescue_papers(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}. Name the folder of a library with --library."
        ) from error
    write_atomically(file, WRITERS["jsonl"].write(found.papers), overwrite=force)
    count = len(found.papers)
    total = str(count) if found.stored is None else f"{count} of {found.stored}"
    typer.echo(f"{total} papers saved in {file}")
    if found.stored is None:
        print_note("How many there were cannot be read. Removed papers may be among them.")
    if found.changed:
        print_note(f"{found.changed} of them have changed since they were stored: check them.")


def _index(library: Path | None) -> None:
    """Index the papers of a restored library, if its embedder is on this machine."""
    from assistant.cli.terminal.open import open_library

    try:
        with closing(open_library(library)) as opened, progress_bar("Indexing papers") as show:
            opened.repair(show)
    except ModelError as error:
        print_note(f"The papers are not indexed yet. {error}")
