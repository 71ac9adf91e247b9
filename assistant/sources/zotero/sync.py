"""Synchronising a library with Zotero: papers, citation keys, tags and collections."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import LibraryError, NetworkError
from assistant.library import AddReport, Library, PaperProgress
from assistant.papers import Paper, Record
from assistant.papers.readers.json_records import zotero
from assistant.papers.readers.json_records.values import as_objects, as_text
from assistant.sources.zotero.api import ZOTERO, api_snapshot
from assistant.sources.zotero.database import database_file, database_snapshot
from assistant.sources.zotero.labels import apply_changes
from assistant.sources.zotero.reference import ZoteroReference
from assistant.sources.zotero.snapshot import Item, Snapshot
from assistant.sources.zotero.state import ItemState, ReferenceState, read_states, save_state

# The type of tags that Zotero imports from publishers. They become keywords of the paper.
_AUTOMATIC_TAG = 1


@dataclass(frozen=True, slots=True)
class ZoteroReport:
    """What a synchronisation changed.

    Attributes:
        report: the report on the papers that were added or updated.
        removed: the papers that were removed because they are no longer in Zotero.
        database: the database that was read because Zotero is not running; None if it is.
    """

    report: AddReport
    removed: tuple[Paper, ...] = ()
    database: Path | None = None


def sync_zotero(
    library: Library,
    reference: ZoteroReference,
    on_progress: Callable[[PaperProgress], None] | None = None,
    *,
    remove: bool = False,
    owner: str | None = None,
) -> ZoteroReport:
    """Bring a library up to date with a library or collection of Zotero.

    Only changes since the previous synchronisation are read: from Zotero if it is running,
    otherwise from its database.

    Args:
        library: the library to update.
        reference: the library or collection of Zotero.
        on_progress: called with the progress of indexing.
        remove: whether to remove the papers that came from Zotero and are no longer there, unless
            they were also added from elsewhere, such as from a PDF.
        owner: the account that the tags and collections belong to (see `Annotations`); None for the
            same as in the previous synchronisation.

    Raises:
        InputError: there is no such library or collection.
        NetworkError: Zotero does not respond, and its database is not found.
        LibraryError: the disk is full or not writable, the database cannot be read, or Zotero
            lists no items although it did before.
    """
    states = read_states(library.folder)
    known = states.get(str(reference), ReferenceState())
    snapshot, database = _snapshot(reference, known)
    if remove and known.papers and not snapshot.stamps:
        raise LibraryError(
            "Zotero lists no items any more, so nothing was removed. If that is right, delete "
            f"{library.folder / 'zotero.json'}, and the papers with `assistant papers remove`."
        )
    reader = _Reader(library, snapshot, known)
    report = library.add(reader.records(), on_progress)
    items = {key: item for key, item in known.items.items() if key in snapshot.stamps or not remove}
    state = ReferenceState(
        items | reader.states(),
        max(known.modified, snapshot.modified),
        dict(snapshot.collections),
        known.owner if owner is None else owner,
    )
    after = {**states, str(reference): state}
    apply_changes(library, states, after)
    removed: tuple[Paper, ...] = ()
    if remove:
        kept = set().union(*(one.papers for one in after.values()))
        gone = {item.paper for item in known.items.values() if item.was_added} - kept
        removed = tuple(_only_from_zotero(library, gone))
        library.remove((paper.id for paper in removed), keep_pdfs=True)
    # Saved last, so that interrupted work is repeated.
    save_state(library.folder, str(reference), state)
    return ZoteroReport(report, removed, database)


def _only_from_zotero(library: Library, paper_ids: Iterable[str]) -> Iterator[Paper]:
    """Yield the papers that have no record from another source."""
    papers = library.catalogue.papers(sorted(paper_ids))
    merged = library.catalogue.merge_log.sources([paper.id for paper in papers])
    for paper in papers:
        if all(map(_is_of_zotero, {paper.source, *merged.get(paper.id, ())})):
            yield paper


def _is_of_zotero(source: str) -> bool:
    return source == ZOTERO.name or source.startswith(f"{ZOTERO.name}: ")


def _snapshot(reference: ZoteroReference, known: ReferenceState) -> tuple[Snapshot, Path | None]:
    """Return a snapshot of Zotero, and the database if it was read from there."""
    try:
        return api_snapshot(reference, known), None
    except NetworkError:
        database = database_file()
        if database is None:
            raise
        return database_snapshot(database, reference, known), database


class _Reader:
    """Reads the changed items of a snapshot, and keeps track of the papers they become."""

    def __init__(self, library: Library, snapshot: Snapshot, known: ReferenceState) -> None:
        self._catalogue = library.catalogue
        self._snapshot = snapshot
        self._known = known
        self._read: dict[str, ItemState] = {}
        self._papers: dict[str, Paper] = {}

    def records(self) -> Iterator[Record]:
        """Yield the papers of the items, and the items that were skipped."""
        name = self._snapshot.collection
        source = f"{ZOTERO.name}: {name}" if name else ZOTERO.name
        for item in self._snapshot.changed:
            key = str(item["key"])
            if key not in self._snapshot.stamps or item.get("itemType") in zotero.PARTS_OF_PAPERS:
                continue
            record = zotero.read(item, source, f"item {key}")
            state = _state(item, self._snapshot.stamps[key])
            if isinstance(record, Paper):
                self._papers[key] = record
                state = replace(state, was_added=self._is_new(key, record))
            elif before := self._known.items.get(key):  # skipped now, such as without an abstract
                state = replace(state, paper=before.paper, was_added=before.was_added)
            self._read[key] = state
            yield record

    def states(self) -> dict[str, ItemState]:
        """Return the states of the items that were read, once their papers are stored."""
        keys = {key for paper in self._papers.values() for key in paper.keys}
        stored = self._catalogue.papers_by_key(keys)
        found = {
            key: next((stored[one][0].id for one in paper.keys if one in stored), "")
            for key, paper in self._papers.items()
        }
        return {
            key: replace(one, paper=found.get(key, one.paper)) for key, one in self._read.items()
        }

    def _is_new(self, key: str, paper: Paper) -> bool:
        """Return whether the paper of an item was not in the library before it came from Zotero."""
        before = self._known.items.get(key)
        if before is not None and before.paper:
            return before.was_added
        return not self._catalogue.papers_by_key(paper.keys)


def _state(item: Item, stamp: str) -> ItemState:
    tags = (
        as_text(tag.get("tag")) or ""
        for tag in as_objects(item.get("tags"))
        if tag.get("type") != _AUTOMATIC_TAG
    )
    return ItemState(
        stamp,
        tags=tuple(filter(None, tags)),
        collections=tuple(map(str, item.get("collections", ()))),
    )
