"""What a question calls a paper, if it names it."""

from collections.abc import Sequence

from assistant.papers import Paper
from assistant.papers.names import is_marked, names, with_name

# A name that an abstract says once may be that of a dataset; what a paper is about it says again.
_SAID_AGAIN = 2
# "QA" and "3D" name a field.
_SHORTEST = 3


def called(paper: Paper, question: str, others: Sequence[Paper]) -> str | None:
    """Return the name that a question gives a paper; None if it describes the paper only.

    It is a name that opens the paper's title, or stands in it, or several times in its abstract,
    and in none of the other papers that the question is about.
    """
    taken = [f"{other.title} {other.abstract}" for other in others]
    own = [name for name in names(question) if not any(with_name(name, text) for text in taken)]
    opening, colon, _ = paper.title.partition(":")
    if colon and opening in own:
        return opening
    written = [name for name in own if is_marked(name) and len(name) >= _SHORTEST]
    titled = [name for name in written if with_name(name, paper.title)]
    told = [name for name in written if len(with_name(name, paper.abstract)) >= _SAID_AGAIN]
    return next(iter((*titled, *told)), None)
