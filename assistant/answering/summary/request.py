"""Parses the requested form of a summary: the number of sentences, and whether it is a list."""

import re
from dataclasses import dataclass

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "a single": 1}
_COUNT = re.compile(
    rf"\b({'|'.join(_NUMBERS)}|\d{{1,2}})[\s-]+(?:\w+\s+){{0,2}}?"
    r"(sentences?|lines?|bullets?|(?:bullet |key )?points?|takeaways?)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"\b(?:bullets?|bullet points?|key points?|takeaways)\b", re.IGNORECASE)
_SHORT = re.compile(r"\btl;?dr\b", re.IGNORECASE)
_MAX_POINTS = 8
_DEFAULT_POINTS = 3


@dataclass(frozen=True, slots=True)
class SummaryForm:
    """The form of a summary.

    Attributes:
        sentences: the requested number; 0 if the request does not say.
        is_list: whether each sentence is a list entry.
    """

    sentences: int
    is_list: bool


def summary_form(request: str) -> SummaryForm:
    """Parse the form from a request such as "in three bullet points"."""
    is_list = _LIST.search(request) is not None
    if count := _COUNT.search(request):
        number = _NUMBERS.get(count[1].lower()) or int(count[1])
        return SummaryForm(max(1, min(number, _MAX_POINTS)), is_list)
    if _SHORT.search(request):
        return SummaryForm(1, is_list)
    return SummaryForm(_DEFAULT_POINTS if is_list else 0, is_list)
