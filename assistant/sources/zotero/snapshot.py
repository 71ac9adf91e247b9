"""Snapshots of a Zotero library, from its API or its database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assistant.errors import InputError
from assistant.sources.zotero.reference import ZoteroReference

Item: TypeAlias = Mapping[str, Any]
"""The data of an item, with the field names of Zotero's API."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The items of a library or collection.

    Attributes:
        collection: the name of the collection; empty for the whole library.
        stamps: the stamps of all items, by key. A stamp changes when the item changes; an item with
            an empty stamp counts as changed.
        changed: the data of the items that have changed since the previous synchronisation.
        modified: the time of the latest modification, as Zotero writes it; empty if unknown.
        collections: the names of all collections of the library, by key. The name of a
            subcollection includes those of its parents: ``Reading / Shells``.
    """

    collection: str
    stamps: Mapping[str, str]
    changed: Iterable[Item]
    modified: str
    collections: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection of Zotero.

    Attributes:
        name: its own name, without those of its parents.
        parent: the key of the parent collection; empty at the top level.
    """

    name: str
    parent: str = ""


def find_collection(reference: ZoteroReference, collections: Mapping[str, Collection]) -> str:
    """Return the key of the collection that a reference names; empty if it names none.

    Args:
        reference: the reference to a library or a collection.
        collections: the library's collections, by key.

    Raises:
        InputError: there is no such collection.
    """
    wanted = reference.collection.casefold()
    if not wanted:
        return ""
    for key, collection in collections.items():
        if wanted in (key.casefold(), collection.name.casefold()):
            return key
    known = ", ".join(sorted(one.name for one in collections.values())) or "none"
    raise InputError(f"Zotero has no collection {reference.collection!r}. Collections: {known}.")


def full_names(collections: Mapping[str, Collection]) -> dict[str, str]:
    """Return the names of collections by key, each including the names of its parents."""
    names = {}
    for key, collection in collections.items():
        path = [collection.name]
        seen = {key}
        while (parent := collections.get(collection.parent)) and collection.parent not in seen:
            seen.add(collection.parent)
            path.insert(0, parent.name)
            collection = parent
        names[key] = " / ".join(path)
    return names
