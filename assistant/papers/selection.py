"""Filtering papers by simple conditions, such as ``year>=2023`` or the words of a topic."""

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from assistant.errors import InputError
from assistant.papers.paper import Paper
from assistant.text.folding import folded
from assistant.text.words import content_stems

Condition: TypeAlias = Callable[[Paper], bool]

_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_TEXT_FIELDS: dict[str, Callable[[Paper], str]] = {
    "source": lambda paper: paper.source,
    "author": lambda paper: "\n".join(paper.authors),
    "title": lambda paper: paper.title,
    "venue": lambda paper: paper.venue or "",
    "keyword": lambda paper: "\n".join(paper.keywords),
    "type": lambda paper: paper.type or "",
    "id": lambda paper: paper.id,
}
_FIELD = re.compile(r"\s*(\w+)\s*([<>]=?|=)\s*(.*?)\s*", re.DOTALL)
_YEAR = re.compile(r"[0-9]{4}")


def select(papers: Iterable[Paper], conditions: Sequence[str]) -> list[Paper]:
    """Return the papers that meet all conditions, in order; all papers if there are no conditions.

    A condition is one of:

    - ``year>=2023``, with any of ``= > >= < <=``. A paper without a year never meets it.
    - ``source=TEXT``, ``author=TEXT``, ``title=TEXT``, ``venue=TEXT``, ``keyword=TEXT``,
      ``type=TEXT`` or ``id=TEXT``: the field contains the text, ignoring case and accents.
    - Words: title and abstract contain all of them, compared by stem, ignoring accents.

    Raises:
        InputError: a condition is invalid, or none of the papers meets the conditions.
    """
    parsed = [parse_condition(condition) for condition in conditions]
    all_papers = list(papers)
    selected = [paper for paper in all_papers if all(meets(paper) for meets in parsed)]
    if all_papers and not selected:
        quoted = " and ".join(f'"{condition}"' for condition in conditions)
        raise InputError(
            f"No paper matches {quoted}. Try other conditions: year>=2023, author=TEXT, "
            "title=TEXT, venue=TEXT, source=TEXT, id=TEXT, or words that the papers contain."
        )
    return selected


def parse_condition(text: str) -> Condition:
    """Parse a condition into a predicate (see `select`).

    Raises:
        InputError: the field is unknown, its values have no order, or the condition is empty.
    """
    parts = _FIELD.fullmatch(text)
    if parts is None:
        return _has_words(text)
    field, comparison, value = parts.groups()
    if field.lower() == "year" and _YEAR.fullmatch(value):
        return _compares_year(_COMPARISONS[comparison], int(value))
    if field.lower() in _TEXT_FIELDS and comparison == "=" and value:
        return _contains(_TEXT_FIELDS[field.lower()], value)
    raise InputError(
        f"{text!r} is not a valid condition. Write a year as year>=2023, "
        f"{', '.join(f'{name}=TEXT' for name in _TEXT_FIELDS)}, or words that the papers contain."
    )


def _compares_year(compare: Callable[[int, int], bool], year: int) -> Condition:
    return lambda paper: paper.year is not None and compare(paper.year, year)


def _contains(field: Callable[[Paper], str], text: str) -> Condition:
    wanted = folded(text)
    return lambda paper: wanted in folded(field(paper))


def _has_words(text: str) -> Condition:
    wanted = content_stems(folded(text))
    if not wanted:
        raise InputError(f"{text!r} has no words to search for. Name what the papers are about.")
    return lambda paper: wanted <= content_stems(folded(paper.text))
