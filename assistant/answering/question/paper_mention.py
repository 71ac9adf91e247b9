"""Finds the name by which a question mentions a paper."""

import re
from collections.abc import Sequence

from assistant.papers import Paper
from assistant.text.instructions import title_without_instructions
from assistant.text.proper_names import find_names, has_name_shape, occurrences
from assistant.text.titles import short_title

# A name that occurs once in an abstract may be that of a data set. Abstracts repeat the name of
# their own method.
_MIN_OCCURRENCES = 2
# Shorter names, such as "QA" and "3D", are names of fields.
_MIN_LENGTH = 3
# Consecutive capitalised words: "Learned Embedding Propagation". Phrases may overlap: the first
# word of a sentence is capitalised anyway, so the phrase without it counts too.
_PHRASE = re.compile(r"\b(?=([A-Z][\w-]+(?:\s+[A-Z][\w-]+)+))")


def mentioned_name(paper: Paper, question: str, others: Sequence[Paper]) -> str | None:
    """Return the name by which a question mentions a paper; None if it only describes the paper.

    The name begins the paper's title, occurs in the title, occurs repeatedly in the abstract, or
    has several words. It does not occur in the other papers that the question is about.

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
    """Return the name before the colon of a paper's title if it occurs in a question, else None.

    Other names in a title are often names of things that the paper uses.
    """
    title = title_without_instructions(paper.title)
    opening = short_title(title)
    return opening if opening != title and occurrences(opening, question) else None
