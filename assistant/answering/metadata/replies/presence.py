"""Answers about which records give a field, and which lack it."""

from collections.abc import Callable, Mapping, Sequence

from assistant.answering.metadata.replies.reply import Reply, entries_of
from assistant.answering.metadata.replies.wording import capitalised, counted
from assistant.papers import Paper

_FIELDS: Mapping[str, tuple[str, Callable[[Paper], object]]] = {
    "abstract": ("abstract", lambda paper: paper.abstract),
    "year": ("year", lambda paper: paper.year),
    "venue": ("venue", lambda paper: paper.venue),
    "doi": ("DOI", lambda paper: paper.doi),
    "link": ("link", lambda paper: paper.link),
    "authors": ("authors", lambda paper: paper.authors),
}
PRESENCE = frozenset(f"{side}_{field}" for side in ("with", "without") for field in _FIELDS)
"""The names of the requests that `presence_reply` answers."""


def presence_reply(request: str, papers: Sequence[Paper], noun: tuple[str, str]) -> Reply:
    """Return the papers whose records give a field, or lack it.

    Args:
        request: one of `PRESENCE`, such as "without_doi".
        papers: the papers to choose from.
        noun: the singular and plural of what the papers are called.
    """
    side, _, field = request.partition("_")
    name, value = _FIELDS[field]
    wanted = side == "with"
    found = [paper for paper in papers if bool(value(paper)) == wanted]
    plural = "have" if name == "abstract" else "give"
    verb = {"have": "has", "give": "gives"}[plural] if len(found) == 1 else plural
    article = ("an " if name == "abstract" else "" if name == "authors" else "a ") * wanted
    lead = f"{capitalised(counted(len(found), noun))} {verb} {'' if wanted else 'no '}{article}"
    return Reply(f"{lead}{name}.", entries_of(found))
