"""The state after the previous synchronisation with Zotero, in the library's folder."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from assistant.json_store import edit_json, read_json
from assistant.library.annotations import LabelKind

_FILE = "zotero.json"


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item that was read.

    Attributes:
        stamp: see `Snapshot.stamps`.
        paper: the id of its paper; empty if the item is not a paper.
        was_added: whether the paper was new to the library. Other papers are not removed along with
            the item.
        tags: the user's tags of the item.
        collections: the keys of the collections that contain it.
    """

    stamp: str
    paper: str = ""
    was_added: bool = False
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A tag or collection of a paper.

    Attributes:
        owner: the account that it belongs to; see `Annotations`.
        kind: the kind of label.
        name: the name of the tag or collection.
        paper: the id of the paper.
    """

    owner: str
    kind: LabelKind
    name: str
    paper: str


@dataclass(frozen=True, slots=True)
class ReferenceState:
    """The items of a library or collection of Zotero.

    Attributes:
        items: the states of the items, by key.
        modified: the time when the latest of them was modified; empty if unknown.
        collections: the names of the collections, by key.
        owner: the account that its tags and collections were given to.
    """

    items: Mapping[str, ItemState] = field(default_factory=dict)
    modified: str = ""
    collections: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""

    def stamp(self, key: str) -> str:
        """Return the stamp of an item; empty if it was not read."""
        return self.items[key].stamp if key in self.items else ""

    @property
    def papers(self) -> set[str]:
        """The ids of the papers of all items."""
        return {item.paper for item in self.items.values()} - {""}

    def labels(self) -> Iterator[Label]:
        """Yield the tags and collections of the papers."""
        for item in self.items.values():
            if not item.paper:
                continue
            for tag in item.tags:
                yield Label(self.owner, "tag", tag, item.paper)
            for key in item.collections:
                if key in self.collections:
                    yield Label(self.owner, "collection", self.collections[key], item.paper)


def read_states(folder: Path) -> dict[str, ReferenceState]:
    """Return the states of all references that a library was synchronised with.

    Raises:
        LibraryError: their file is damaged.
    """
    return {name: _parse(values) for name, values in read_json(folder / _FILE).items()}


def save_state(folder: Path, name: str, state: ReferenceState) -> None:
    """Save the state of a reference, replacing the earlier one."""
    with edit_json(folder / _FILE) as states:
        states[name] = asdict(state)


def _parse(values: Mapping[str, Any]) -> ReferenceState:
    items = values.get("items")
    if not isinstance(items, dict):
        return ReferenceState()  # from a version of the assistant that stored only item versions
    return ReferenceState(
        {
            key: ItemState(
                str(item["stamp"]),
                str(item["paper"]),
                bool(item["was_added"]),
                tuple(item["tags"]),
                tuple(item["collections"]),
            )
            for key, item in items.items()
        },
        str(values.get("modified", "")),
        values.get("collections", {}),
        str(values.get("owner", "")),
    )
