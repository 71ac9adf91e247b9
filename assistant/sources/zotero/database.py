"""Reading Zotero's database, for when Zotero is not running.

Zotero locks its database while it runs, and SQLite may write to a file even when reading it, to
roll back an interrupted transaction. So a copy is read.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.errors import InputError, LibraryError
from assistant.papers.readers.json_records.zotero import PARTS_OF_PAPERS
from assistant.sources.zotero.reference import ZoteroReference
from assistant.sources.zotero.snapshot import (
    Collection,
    Item,
    Snapshot,
    find_collection,
    full_names,
)
from assistant.sources.zotero.state import ReferenceState

DATA_VARIABLE = "ASSISTANT_ZOTERO_DATA"
"""The environment variable with Zotero's data folder."""

_NAME = "zotero.sqlite"
_JOURNALS = ("-journal", "-wal")
_COPY_ATTEMPTS = 3
# "2020-03-00 March 2020": a date in a form for sorting, and the text that the user wrote.
_SORTED_DATE = re.compile(r"(\d{4}(?:-\d\d){2}) (.*)", re.DOTALL)


def database_file() -> Path | None:
    """Return Zotero's database on this machine; None if there is none."""
    folder = os.environ.get(DATA_VARIABLE)
    file = (Path(folder).expanduser() if folder else Path.home() / "Zotero") / _NAME
    return file if file.is_file() else None


def database_snapshot(file: Path, reference: ZoteroReference, known: ReferenceState) -> Snapshot:
    """Read what has changed in a library or collection from Zotero's database.

    Args:
        file: the database file.
        reference: the reference to the library or collection.
        known: the state after the previous synchronisation.

    Raises:
        InputError: there is no such library or collection.
        LibraryError: the database cannot be read.
    """
    try:
        with _copied(file) as copy, closing(sqlite3.connect(copy)) as database:
            library = _library(database, reference)
            collections = _collections(database, library)
            key = find_collection(reference, collections)
            items = [
                item for item in _items(database, library) if not key or key in item["collections"]
            ]
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(
            f"Zotero's database {file} cannot be read ({error}). Start Zotero and try again."
        ) from error
    stamps = {str(item["key"]): _digest(item) for item in items}
    return Snapshot(
        collection=collections[key].name if key else "",
        stamps=stamps,
        changed=[item for item in items if known.stamp(item["key"]) != stamps[item["key"]]],
        modified="",
        collections=full_names(collections),
    )


@contextmanager
def _copied(file: Path) -> Iterator[Path]:
    """Yield a consistent copy of a database with its journals."""
    files = [file, *(file.with_name(file.name + suffix) for suffix in _JOURNALS)]
    with TemporaryDirectory() as folder:
        for _ in range(_COPY_ATTEMPTS):
            before = _states(files)
            for one in before:
                shutil.copyfile(one, Path(folder) / one.name)
            if _states(files) == before:
                yield Path(folder) / file.name
                return
        raise OSError("Zotero is writing it")


def _states(files: list[Path]) -> dict[Path, tuple[int, int]]:
    """Return the modification time and the size of the files that exist."""
    states = ((one, one.stat()) for one in files if one.exists())
    return {one: (state.st_mtime_ns, state.st_size) for one, state in states}


def _library(database: sqlite3.Connection, reference: ZoteroReference) -> int:
    if reference.library.startswith("groups/"):
        group = int(reference.library.removeprefix("groups/"))
        row = database.execute("SELECT libraryID FROM groups WHERE groupID = ?", (group,))
    else:
        row = database.execute("SELECT libraryID FROM libraries WHERE type = 'user'")
    if (found := row.fetchone()) is None:
        raise InputError(
            f"Zotero has no library at /{reference.library}. Check the number of the group."
        )
    return int(found[0])


def _collections(database: sqlite3.Connection, library: int) -> dict[str, Collection]:
    rows = database.execute(
        "SELECT one.key, one.collectionName, parent.key FROM collections AS one "
        "LEFT JOIN collections AS parent ON parent.collectionID = one.parentCollectionID "
        f"WHERE one.libraryID = ? {_not_deleted(database, 'deletedCollections', 'collectionID')}",
        (library,),
    )
    return {str(key): Collection(str(name), str(parent or "")) for key, name, parent in rows}


def _not_deleted(database: sqlite3.Connection, table: str, column: str) -> str:
    """Return the SQL condition that a row is not in the trash; Zotero 5 lacks some trash tables."""
    known = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return f"AND one.{column} NOT IN (SELECT {column} FROM {table})" if known else ""


def _items(database: sqlite3.Connection, library: int) -> Iterator[dict[str, Any]]:
    """Yield the top-level items of a library, with the fields of Zotero's API."""
    fields = _rows_by_item(
        database,
        "SELECT itemID, fieldName, value FROM itemData JOIN fields USING (fieldID) "
        "JOIN itemDataValues USING (valueID)",
    )
    creators = _rows_by_item(
        database,
        "SELECT itemID, creatorType, firstName, lastName, fieldMode FROM itemCreators "
        "JOIN creators USING (creatorID) JOIN creatorTypes USING (creatorTypeID) "
        "ORDER BY itemID, orderIndex",
    )
    tags = _rows_by_item(
        database,
        "SELECT itemID, name, type FROM itemTags JOIN tags USING (tagID) ORDER BY itemID, name",
    )
    collections = _rows_by_item(
        database,
        "SELECT itemID, key FROM collectionItems JOIN collections USING (collectionID) "
        "ORDER BY itemID, key",
    )
    rows = database.execute(
        "SELECT itemID, key, typeName FROM items AS one JOIN itemTypes USING (itemTypeID) "
        f"WHERE libraryID = ? {_not_deleted(database, 'deletedItems', 'itemID')} ORDER BY itemID",
        (library,),
    )
    for item, key, item_type in rows:
        if item_type not in PARTS_OF_PAPERS:
            yield {
                **{name: _date(value) if name == "date" else value for name, value in fields[item]},
                "key": key,
                "itemType": item_type,
                "creators": [_creator(*creator) for creator in creators[item]],
                "tags": [{"tag": name, "type": tag_type} for name, tag_type in tags[item]],
                "collections": [collection for (collection,) in collections[item]],
            }


def _rows_by_item(database: sqlite3.Connection, query: str) -> dict[int, list[tuple[Any, ...]]]:
    """Return the rows of a query, grouped by their first column, the item id."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for item, *row in database.execute(query):
        found[item].append(tuple(row))
    return found


def _creator(kind: str, first: str | None, last: str | None, mode: int | None) -> Item:
    """Return a creator; with mode 1, the name has no parts."""
    if mode == 1:
        return {"creatorType": kind, "name": last}
    return {"creatorType": kind, "firstName": first, "lastName": last}


def _date(value: object) -> str:
    """Return the sortable part of a date, without unknown components; else the text."""
    match = _SORTED_DATE.fullmatch(str(value))
    if match is None:
        return str(value)
    known = match[1].replace("-00", "")
    return match[2] if known == "0000" else known


def _digest(item: Item) -> str:
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()[:16]
