"""What Zotero holds at one time, from its API or its database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assistant.errors import InputError
from assistant.sources.zotero.reference import ZoteroReference

Item: TypeAlias = Mapping[str, Any]
"""The data of an item, with the fields that Zotero's API gives them."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The items of a library or collection.

    Attributes:
        collection: the name of the collection; empty for the whole library.
        stamps: of all items, by key. A stamp is another one once the item has changed; an item
            with an empty stamp counts as changed.
        changed: the data of the items that have changed since the last time.
        modified: the time of the latest modification, as Zotero writes it; empty if unknown.
        collections: the names of all collections of the library, by key. That of a subcollection
            begins with those it is in: ``Reading / Shells``.
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
        name: its own.
        parent: the key of the collection that it is in; empty if it is in none.
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
    """Return the names of collections with those of the collections they are in, by key."""
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
