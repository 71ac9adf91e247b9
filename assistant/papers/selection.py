"""Choosing papers by simple conditions, such as ``year>=2023`` or the words of a topic."""

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from assistant.errors import InputError
from assistant.papers.paper import Paper
from assistant.text.words import content_stems

Condition: TypeAlias = Callable[[Paper], bool]

_COMPARED: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_TEXTS: dict[str, Callable[[Paper], str]] = {
    "source": lambda paper: paper.source,
    "author": lambda paper: "\n".join(paper.authors),
    "title": lambda paper: paper.title,
    "id": lambda paper: paper.id,
}
_FIELD = re.compile(r"\s*(\w+)\s*([<>]=?|=)\s*(.*?)\s*", re.DOTALL)
_YEAR = re.compile(r"[0-9]{4}")


def select(papers: Iterable[Paper], conditions: Sequence[str]) -> list[Paper]:
    """Return the papers for which all conditions hold, in their order; all if there are none.

    A condition is one of

    - ``year>=2023``, with any of ``= > >= < <=``: no paper of unknown year fulfils it;
    - ``source=TEXT``, ``author=TEXT``, ``title=TEXT``, ``id=TEXT``: what contains the text, in any
      case;
    - words: papers with all of them in title and abstract, whatever their endings.

    Raises:
        InputError: a condition is none of these, or there are papers and none fulfils them.
    """
    parsed = [parse_condition(condition) for condition in conditions]
    all_papers = list(papers)
    chosen = [paper for paper in all_papers if all(holds(paper) for holds in parsed)]
    if all_papers and not chosen:
        told = " and ".join(f'"{condition}"' for condition in conditions)
        raise InputError(
            f"No paper fits {told}. Give other conditions: year>=2023, author=TEXT, title=TEXT, "
            "source=TEXT, id=TEXT, or words that the papers contain."
        )
    return chosen


def parse_condition(text: str) -> Condition:
    """Return what tells whether a condition holds for a paper; see `select`.

    Raises:
        InputError: it names another field, compares what has no order, or is empty.
    """
    parts = _FIELD.fullmatch(text)
    if parts is None:
        return _has_words(text)
    field, compared, value = parts.groups()
    if field.lower() == "year" and _YEAR.fullmatch(value):
        return _is_of_year(_COMPARED[compared], int(value))
    if field.lower() in _TEXTS and compared == "=" and value:
        return _contains(_TEXTS[field.lower()], value)
    raise InputError(
        f"{text!r} chooses no papers. Write a year as year>=2023, "
        f"{', '.join(f'{name}=TEXT' for name in _TEXTS)}, or words that the papers contain."
    )


def _is_of_year(compare: Callable[[int, int], bool], year: int) -> Condition:
    return lambda paper: paper.year is not None and compare(paper.year, year)


def _contains(field: Callable[[Paper], str], text: str) -> Condition:
    wanted = text.casefold()
    return lambda paper: wanted in field(paper).casefold()


def _has_words(text: str) -> Condition:
    wanted = content_stems(text)
    if not wanted:
        raise InputError(f"{text!r} has no words to look for. Name what the papers are about.")
    return lambda paper: wanted <= content_stems(f"{paper.title} {paper.abstract}")
