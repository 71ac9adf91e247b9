"""What a person has noted about a paper."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Annotation:
    """The tags, collections, note and reading state that a person gave a paper.

    Attributes:
        tags: in alphabetical order.
        collections: the names of the collections that hold it, in alphabetical order.
        note: a text of any number of lines; empty without a note.
        is_read: whether the person has marked it as read.
    """

    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    note: str = ""
    is_read: bool = False

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.tags or self.collections or self.note or self.is_read)


NO_ANNOTATION = Annotation()
