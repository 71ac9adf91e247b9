"""The annotations that a person gave a paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Annotation:
    """The tags, collections, note and reading state that a person gave a paper.

    Attributes:
        tags: the tags, in alphabetical order.
        collections: the names of the collections that contain it, in alphabetical order.
        note: a text of any number of lines; empty without a note.
        is_read: whether the person has marked it as read.
    """

    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    note: str = ""
    is_read: bool = False

    def __bool__(self) -> bool:
        """Return whether there is any annotation."""
        return bool(self.tags or self.collections or self.note or self.is_read)

    def keywords(self, of_paper: Sequence[str]) -> tuple[str, ...]:
        """Return the keywords of the paper, followed by the tags."""
        return tuple(dict.fromkeys([*of_paper, *self.tags]))

    def to_json(self) -> dict[str, Any]:
        """Return the annotations that are set: ``tags``, ``collections``, ``note`` and ``read``."""
        values = {
            "tags": list(self.tags),
            "collections": list(self.collections),
            "note": self.note,
            "read": self.is_read,
        }
        return {name: value for name, value in values.items() if value}


NO_ANNOTATION = Annotation()

Annotated: TypeAlias = Mapping[str, Annotation]
"""Annotations by paper id; papers without any may be missing."""

NOTHING_ANNOTATED: Annotated = MappingProxyType({})
