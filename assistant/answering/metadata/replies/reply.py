"""The reply to a question about records, before citations are added."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.metadata.replies.wording import entry_text
from assistant.papers import Paper


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the list in a reply.

    Attributes:
        text: the text of the entry.
        paper: the paper that it is about; None if it is not about a single paper.
    """

    text: str
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to a question about records.

    Attributes:
        lead: the sentence that states the fact.
        entries: the entries of the list.
        notes: further sentences, such as how many papers have no year.
        abstained: whether the library has nothing on what was asked.
    """

    lead: str
    entries: Sequence[Entry] = ()
    notes: Sequence[str] = ()
    abstained: bool = False

    @property
    def papers(self) -> list[Paper]:
        """The papers of the entries."""
        return list(dict.fromkeys(entry.paper for entry in self.entries if entry.paper))


def entries_of(papers: Sequence[Paper]) -> list[Entry]:
    """Return an entry for each paper, with its title, authors, venue and year."""
    return [Entry(entry_text(paper), paper) for paper in papers]
