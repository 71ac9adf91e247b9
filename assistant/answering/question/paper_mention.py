"""Finds the name by which a question mentions a paper."""

import re
from collections.abc import Sequence

from assistant.papers import Paper
from assistant.text.instructions import readable_title
from assistant.text.proper_names import find_names, has_name_shape, occurrences
from assistant.text.titles import short_title

# A name that an abstract has once may be that of a data set. It repeats the name of its own method.
_MIN_OCCURRENCES = 2
# Shorter names, such as "QA" and "3D", are names of fields.
_MIN_LENGTH = 3
# Consecutive words with a capital: "Learned Embedding Propagation". Phrases may overlap: the first
# word of a sentence has a capital anyway, so the phrase without it counts too.
_PHRASE = re.compile(r"\b(?=([A-Z][\w-]+(?:\s+[A-Z][\w-]+)+))")


def mentioned_name(paper: Paper, question: str, others: Sequence[Paper]) -> str | None:
    """Return the name by which a question mentions a paper; None if it only describes the paper.

    The name opens the paper's title, occurs in it, occurs repeatedly in its abstract, or has
    several words. No other paper that the question is about has it.

    Args:
        paper: the paper.
        question: in plain words.
        others: the other papers that the question is about.
    """
    phrases = _PHRASE.findall(question)
    names = [
        name
        for name in (*phrases, *find_names(question))
        if occurrences(name, paper.text)
        and not any(occurrences(name, other.text) for other in others)
    ]
    opening, colon, _ = paper.title.partition(":")
    if colon and opening in names:
        return opening
    distinctive = [name for name in names if has_name_shape(name) and len(name) >= _MIN_LENGTH]
    in_title = [name for name in distinctive if occurrences(name, paper.title)]
    repeated = [
        name for name in distinctive if len(occurrences(name, paper.abstract)) >= _MIN_OCCURRENCES
    ]
    return next(iter((*in_title, *repeated, *(name for name in phrases if name in names))), None)


def title_name(paper: Paper, question: str) -> str | None:
    """Return the name before the colon of a paper's title if a question has it, else None.

    Other names of a title are often those of what the paper uses.
    """
    title = readable_title(paper.title)
    opening = short_title(title)
    return opening if opening != title and occurrences(opening, question) else None
