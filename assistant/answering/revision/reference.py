"""Finds the papers that a follow-up refers to: those in the previous answer, or "the second one".

An answer names a paper by its title, by the name that the title begins with, or by its authors.
"""

import re
from collections.abc import Sequence

from assistant.papers import Paper
from assistant.papers.references import narrative_citation
from assistant.text.titles import short_title

_PLACES = {
    "first": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "fifth": 4,
    "sixth": 5,
    "seventh": 6,
    "eighth": 7,
    "last": -1,
}
_ORDINAL = re.compile(
    # At the end, not "Which of these came out first?".
    r"(?:(?<=\bthe )|(?<=\band )|(?<=\bmy )|(?<=\bits )|^|(?=\b\w+ \w))"
    rf"\b(?P<word>{'|'.join(_PLACES)})\b(?P<several> (?:two|three|four|five|\d)\b)?"
    r"|\b(?P<number>[1-9])(?:st|nd|rd|th)\b|\b(?:number|no\.|#) ?(?P<plain>[1-9])\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}


def papers_named(answer: str, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers that an answer names, in the order in which it names them."""
    text = answer.casefold()
    found: list[tuple[int, Paper]] = []
    for paper in papers:
        # Without a year, the citation is a mere family name, which may also be an ordinary word.
        by_authors = narrative_citation(paper) if paper.year else ""
        names = (paper.title, short_title(paper.title), by_authors)
        places = (text.find(name.casefold()) for name in names if name)
        place = next((place for place in places if place >= 0), None)
        if place is not None:
            found.append((place, paper))
    return [paper for _, paper in sorted(found, key=lambda one: one[0])]


def states_place(question: str) -> bool:
    """Return whether a question refers to something by position, such as "the second one"."""
    return _ORDINAL.search(question) is not None


def select_by_place(question: str, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers that a question refers to by position, such as "the first two".

    Returns all of them if the question states no position, or one that does not exist.
    """
    match = _ORDINAL.search(question)
    if match is None:
        return list(papers)
    if number := match["number"] or match["plain"]:
        return list(papers[int(number) - 1 : int(number)]) or list(papers)
    place = _PLACES[match["word"].lower()]
    count = match["several"].strip().lower() if match["several"] else ""
    several = _COUNTS.get(count) or (int(count) if count else 1)
    if several > 1:
        return list(papers[-several:] if place < 0 else papers[:several])
    return list(papers[place:] if place < 0 else papers[place : place + 1]) or list(papers)
