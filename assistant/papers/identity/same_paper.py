"""Deciding whether two records are the same paper.

Two records are the same paper if they share an id and their titles do not contradict it, or if
their titles agree, and their authors or abstracts. A shared id that is contradicted by the rest is
a conflict: one of the records has a wrong id, or the id is that of a whole issue or supplement.
"""

import re
from typing import Literal

from assistant.papers.names import Name
from assistant.papers.paper import IDENTIFYING_IDS, Paper, paper_id
from assistant.text.folding import folded
from assistant.text.words import content_stems, content_words

Match = Literal["same", "conflict", "different"]

# Different papers may share a title of up to this many words ("Editorial", "Introduction").
_SHORT_TITLE_WORDS = 2
# The fraction of the shorter abstract's words that must be in the longer one. The summaries in the
# sample library share 0.54 or more with the published abstracts; of 20,000 pairs of different
# SciFact abstracts, one in a thousand shares 0.25 or more.
_SAME_ABSTRACT = 0.5
_OTHER_ABSTRACT = 0.3
# The same for titles, as a fraction of the words of both.
_SIMILAR_TITLE = 0.5
# The maximum time between a preprint and its publication.
_MAX_YEARS = 5
_NUMBER = re.compile(r"\b(?:[0-9]+|i{1,3}|iv|vi{0,3}|ix|x)\b")
_WORD = re.compile(r"\w+")
# What the types of notices about a paper are called: those of PubMed (Published Erratum, Retraction
# of Publication, Comment) and of COPE. A `Paper` has no such type: only the title shows it.
_NOTICES = frozenset(
    "addendum comment corrected correction corrigendum erratum errata reply retracted retraction "
    "withdrawal withdrawn".split()
)


def compare(stored: Paper, found: Paper, *, had_title: bool = False) -> Match:
    """Return whether two papers are the same, or have the same id but contradict each other.

    Args:
        stored: a paper.
        found: another record.
        had_title: whether a record that was merged into the stored paper had the other record's
            title.
    """
    same_title = had_title or _same_title(stored, found)
    abstracts = _abstracts_agree(stored, found)
    authors = authors_agree(stored, found)
    if _shared(stored, found):
        titles = same_title or _similar_titles(stored.title, found.title)
        same = _same_with_shared_id(stored, found, titles, authors, abstracts)
        return "same" if same else "conflict"
    if not same_title or _ids_differ(stored, found):
        return "different"
    if abstracts:
        return "same"
    if authors is False:
        return "different"
    same = (
        _same_with_authors(stored, found, abstracts)
        if authors
        else _same_without_authors(stored, found, abstracts)
    )
    return "same" if same else "different"


def compatible(one: Paper, other: Paper) -> bool:
    """Return whether two papers may be the same, given a third one that is the same as each."""
    return (
        not (_ids_differ(one, other) and not _shared(one, other))
        and authors_agree(one, other) is not False
        and (_similar_titles(one.title, other.title) or _abstracts_agree(one, other) is True)
    )


def may_be_edited(stored: Paper, found: Paper) -> bool:
    """Return whether a record may be a stored paper from the same file with an edited text."""
    return (
        stored.source == found.source
        and _same_title(stored, found)
        and not _ids_differ(stored, found)
        and authors_agree(stored, found) is not False
    )


def authors_agree(one: Paper, other: Paper) -> bool | None:
    """Return whether the first author of one paper is an author of the other; None if unknown.

    A family name may be anywhere in the other name, since the order of the parts may differ.
    """
    if not one.authors or not other.authors:
        return None
    return _is_author(one, other) or _is_author(other, one)


def _is_author(one: Paper, other: Paper) -> bool:
    family = set(_words(_sorted_by(one.author_names[0])))
    return any(family <= set(_words(author)) for author in other.authors)


def _sorted_by(name: Name) -> str:
    return name.literal or name.family or str(name)


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _same_with_shared_id(
    stored: Paper, found: Paper, titles: bool, authors: bool | None, abstracts: bool | None
) -> bool:
    if abstracts:
        return titles or authors is not False
    if not titles:
        # The title of a preprint may change.
        is_preprint = bool(stored.arxiv_id) and stored.arxiv_id == found.arxiv_id
        return is_preprint and authors is True and abstracts is None
    if authors is None and abstracts is False and _is_short(stored.title):
        return False
    return authors is not False and not _years_differ(stored, found, _MAX_YEARS)


def _same_with_authors(stored: Paper, found: Paper, abstracts: bool | None) -> bool:
    if _is_short(stored.title):
        return abstracts is None and not _places_differ(stored, found)
    if abstracts is False:
        return not _years_differ(stored, found)
    return not _years_differ(stored, found, _MAX_YEARS)


def _same_without_authors(stored: Paper, found: Paper, abstracts: bool | None) -> bool:
    if abstracts is False or _places_differ(stored, found):
        return False
    return not _is_short(stored.title) or _place(stored) == _place(found)


def _ids(paper: Paper) -> dict[str, str]:
    """Return the ids that are unique to a paper, by kind."""
    further = {kind: value for kind, value in paper.ids if kind in IDENTIFYING_IDS}
    known = {"arxiv": paper.arxiv_id or "", "doi": paper.doi or "", **further}
    return {kind: value.casefold() for kind, value in known.items() if value}


def _shared(one: Paper, other: Paper) -> bool:
    return bool(_ids(one).items() & _ids(other).items())


def _ids_differ(one: Paper, other: Paper) -> bool:
    mine, others = _ids(one), _ids(other)
    return any(mine[kind] != others[kind] for kind in mine.keys() & others.keys())


def _same_title(one: Paper, other: Paper) -> bool:
    return paper_id(one.title) == paper_id(other.title)


def _similar_titles(one: str, other: str) -> bool:
    if paper_id(one) == paper_id(other):
        return True
    numbers, other_numbers = (set(_NUMBER.findall(folded(title))) for title in (one, other))
    if numbers and other_numbers and numbers != other_numbers:
        return False  # Part 1 and Part 2
    words, other_words = _words(one), _words(other)
    shorter, longer = sorted((words, other_words), key=len)
    if _is_notice(longer, about=shorter):
        return False
    length = len(shorter)
    if length > _SHORT_TITLE_WORDS and words[:length] == other_words[:length]:
        return True  # with and without the subtitle
    stems, other_stems = content_stems(folded(one)), content_stems(folded(other))
    both = stems | other_stems
    return bool(both) and len(stems & other_stems) >= _SIMILAR_TITLE * len(both)


def _is_notice(title: list[str], about: list[str]) -> bool:
    """Return whether a title is that of a paper with "Erratum to" before, or "Reply" after it."""
    more = len(title) - len(about)
    if title[more:] == about:
        return not _NOTICES.isdisjoint(title[:more])
    # A subtitle may have any of the words, but does not begin with one.
    return title[: len(about)] == about and not _NOTICES.isdisjoint(
        content_words(" ".join(title[len(about) :]))[:1]
    )


def _abstracts_agree(one: Paper, other: Paper) -> bool | None:
    fewer, more = sorted(map(content_stems, (one.abstract, other.abstract)), key=len)
    if not fewer:
        return None
    share = len(fewer & more) / len(fewer)
    if share >= _SAME_ABSTRACT:
        return True
    return False if share < _OTHER_ABSTRACT else None


def _is_short(title: str) -> bool:
    return len(title.split()) <= _SHORT_TITLE_WORDS


def _years_differ(one: Paper, other: Paper, by_more_than: int = 0) -> bool:
    if one.year is None or other.year is None:
        return False
    return abs(one.year - other.year) > by_more_than


def _place(paper: Paper) -> tuple[object, ...]:
    """Return where a paper was published."""
    return paper.year, paper.venue, paper.volume, paper.issue, paper.pages


def _places_differ(one: Paper, other: Paper) -> bool:
    pairs = zip(_place(one), _place(other), strict=True)
    return any(mine and others and mine != others for mine, others in pairs)
