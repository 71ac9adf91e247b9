"""What a question calls a paper, if it names it."""

import re
from collections.abc import Sequence

from assistant.papers import Paper
from assistant.text.proper_names import find_names, has_name_shape, occurrences

# A name that an abstract says once may be that of a dataset; what a paper is about it says again.
_SAID_AGAIN = 2
# "QA" and "3D" name a field.
_SHORTEST = 3
# "Learned Embedding Propagation": several words with a capital, one after the other. What begins a
# sentence has a capital anyway, so a phrase is looked for without its first word too.
_PHRASE = re.compile(r"\b(?=([A-Z][\w-]+(?:\s+[A-Z][\w-]+)+))")


def called(paper: Paper, question: str, others: Sequence[Paper]) -> str | None:
    """Return the name that a question gives a paper; None if it describes the paper only.

    It is a name that opens the paper's title, or stands in it, or several times in its abstract,
    or one of several words, and that none of the other papers has that the question is about.
    """
    text = f"{paper.title} {paper.abstract}"
    taken = [f"{other.title} {other.abstract}" for other in others]
    phrases = _PHRASE.findall(question)
    named = [name for name in (*phrases, *find_names(question)) if occurrences(name, text)]
    own = [name for name in named if not any(occurrences(name, other) for other in taken)]
    opening, colon, _ = paper.title.partition(":")
    if colon and opening in own:
        return opening
    written = [name for name in own if has_name_shape(name) and len(name) >= _SHORTEST]
    titled = [name for name in written if occurrences(name, paper.title)]
    told = [name for name in written if len(occurrences(name, paper.abstract)) >= _SAID_AGAIN]
    spelt = [name for name in phrases if name in own]
    return next(iter((*titled, *told, *spelt)), None)
