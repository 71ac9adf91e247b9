"""Adding the papers of Zotero to a library: only those that have changed since the last time."""

from collections.abc import Callable

from assistant.json_store import edit_json, read_json
from assistant.library import AddReport, Library, PaperProgress
from assistant.papers.readers.json_records import zotero
from assistant.papers.readers.json_records.values import as_object
from assistant.sources.zotero.api import ZOTERO, find_items, item_versions, items
from assistant.sources.zotero.reference import ZoteroReference

_FILE = "zotero.json"


def add_from_zotero(
    library: Library,
    reference: ZoteroReference,
    on_progress: Callable[[PaperProgress], None] | None = None,
) -> AddReport:
    """Add the papers of a Zotero library or collection.

    Items that Zotero has not synchronised have no version; they are read every time. What is
    removed in Zotero stays in the library.

    Args:
        library: to add to.
        reference: what to read.
        on_progress: called with the progress of indexing.

    Raises:
        InputError: there is no such library or collection.
        NetworkError: Zotero does not answer.
        LibraryError: the disk is full or not writable.
    """
    file = library.folder / _FILE
    path, collection = find_items(reference)
    versions = item_versions(path)
    known = read_json(file).get(str(reference), {})
    changed = [key for key, version in versions.items() if not version or known.get(key) != version]
    source = f"{ZOTERO.name}: {collection}" if collection else ZOTERO.name
    records = (
        zotero.read(fields, source, f"item {item.get('key')}")
        for item in items(reference, changed)
        if (fields := as_object(item.get("data"))).get("itemType") not in zotero.PARTS_OF_PAPERS
    )
    report = library.add(records, on_progress)
    with edit_json(file) as stored:  # after they were added, so that none is lost
        stored[str(reference)] = versions
    return report
