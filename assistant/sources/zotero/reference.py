"""References to a Zotero library or one of its collections, such as ``zotero:My collection``."""

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"zotero:(?:groups/(\d+)(?:/|\Z))?(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class ZoteroReference:
    """A library of Zotero, or one of its collections.

    Attributes:
        library: its path in the API: ``users/0`` for the user's own, or ``groups/ID``.
        collection: the name or the key of a collection; empty for the whole library.
    """

    library: str
    collection: str = ""

    def __str__(self) -> str:
        """Return the reference in its stored form."""
        return f"{self.library}/{self.collection}".rstrip("/")


def parse_zotero_reference(text: str) -> ZoteroReference | None:
    """Parse ``zotero:``, ``zotero:COLLECTION`` or ``zotero:groups/ID/COLLECTION``.

    None for any other text.
    """
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return None
    group, collection = match.groups()
    return ZoteroReference(f"groups/{group}" if group else "users/0", collection.strip())
