"""Reading Zotero for a command, with a progress bar."""

from typing import TYPE_CHECKING

from assistant.cli.terminal.output import print_note, progress_bar

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.sources import ZoteroReference, ZoteroReport


def read_zotero(
    library: "Library",
    reference: "ZoteroReference",
    *,
    remove: bool = False,
    owner: str | None = None,
) -> "ZoteroReport":
    """Bring a library up to date with Zotero, and say if only Zotero's database could be read."""
    from assistant.sources import sync_zotero

    with progress_bar("Indexing papers") as on_progress:
        report = sync_zotero(library, reference, on_progress, remove=remove, owner=owner)
    if report.database is not None:
        print_note(f"Zotero does not answer. Its database {report.database} was read.")
    return report
