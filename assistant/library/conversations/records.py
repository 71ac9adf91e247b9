"""The records of conversations, and their conversion from database rows."""

from dataclasses import dataclass

from assistant.library.storage.database import Row

_MAX_TITLE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation, without its exchanges.

    Attributes:
        id: a random token, hard to guess.
        title: the first question, unless it was renamed.
        changed: the time of the last change, in seconds since 1970.
        snippet: the text around the first matches of a search in an exchange: alternating pieces of
            plain text and found words, beginning with plain text. Empty without a search, or if
            only the title matches.
    """

    id: str
    title: str
    changed: float
    snippet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """A person's feedback on an answer.

    Attributes:
        helpful: whether the answer helped; None without feedback.
        correction: the correct answer according to the person; may be empty.
        unanswerable: whether the person said that the papers do not contain the answer.
    """

    helpful: bool | None = None
    correction: str = ""
    unanswerable: bool = False


@dataclass(frozen=True, slots=True)
class SavedExchange:
    """A question and its answer as saved.

    Attributes:
        number: unique in the file.
        content: JSON, in the format of the interface that saved it.
        feedback: the feedback on the answer.
        versions: the numbers of all versions of its turn, the oldest first.
        saved: whether its answer is a saved one.
    """

    number: int
    content: str
    feedback: Feedback
    versions: tuple[int, ...]
    saved: bool = False


def conversation_from_row(row: Row) -> Conversation:
    """Return the conversation from a row of id, title and time of the last change."""
    id_, title, changed = row
    return Conversation(str(id_), str(title), float(str(changed)))


def short_title(title: str) -> str:
    """Return a title on one line, shortened if it is long."""
    title = " ".join(title.split())
    if len(title) <= _MAX_TITLE_CHARACTERS:
        return title
    return title[: _MAX_TITLE_CHARACTERS - 1].rstrip() + "…"
