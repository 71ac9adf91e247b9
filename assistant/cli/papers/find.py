"""Find a paper by its id or title."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.papers import Paper

_MAX_TITLES_SHOWN = 3


def find_paper(papers: "Sequence[Paper]", key: str) -> "Paper":
    """Return the paper with an id, or the only one whose title begins with a text.

    Titles are compared without regard to case.

    Raises:
        InputError: there is no such paper, or more than one.
    """
    for paper in papers:
        if paper.id == key:
            return paper
    matches = [paper for paper in papers if paper.title.casefold().startswith(key.casefold())]
    if not matches:
        raise InputError(
            f"No paper has the id {key!r} or a title that begins with it. "
            "See `assistant papers list`."
        )
    if len(matches) > 1:
        titles = "; ".join(paper.title for paper in matches[:_MAX_TITLES_SHOWN])
        raise InputError(
            f"The titles of {len(matches)} papers begin with {key!r}, such as: {titles}. "
            "Give more of the title, or the id."
        )
    return matches[0]
