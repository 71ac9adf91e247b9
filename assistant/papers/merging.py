"""The same paper from two sources: telling that it is, and keeping the richer fields."""

from dataclasses import replace
from typing import TypeVar

from assistant.papers.paper import Paper
from assistant.text.words import content_stems

SAMPLE_SOURCE = "sample library"
"""The source of the sample papers, whose abstracts are digests."""

# A title of so few words ("Editorial", "Introduction") may be that of many papers,
_SHORT_TITLE_WORDS = 2
# which are the same if so much of the shorter abstract's words is in the longer.
_ABSTRACTS_ALIKE = 0.5

_Field = TypeVar("_Field", int, str)


def is_same_paper(stored: Paper, found: Paper, key: str) -> bool:
    """Tell whether two papers that have a key in common (see `Paper.keys`) are the same.

    The same id, arXiv id or DOI settles it. The same title does, unless both have an arXiv id, or
    both a DOI, and these differ; a very short title needs abstracts that are alike.
    """
    if stored.id == found.id or not key.startswith("title:"):
        return True
    if _differ(stored.arxiv_id, found.arxiv_id) or _differ(stored.doi, found.doi):
        return False
    if len(found.title.split()) > _SHORT_TITLE_WORDS:
        return True
    one, other = sorted(map(content_stems, (stored.abstract, found.abstract)), key=len)
    return len(one & other) >= _ABSTRACTS_ALIKE * len(one)


def merged(stored: Paper, found: Paper) -> Paper:
    """Return the stored paper with what another record of it adds; its id stays.

    A field that one of them lacks is the other's. Of two, a record from the same source is a newer
    version and counts, unless its abstract is the stored one cut short; from another source the
    fuller abstract, title and list of authors count, and the earlier year. The digests of the
    sample library give way to any abstract.
    """
    newer = stored.source == found.source
    abstract_of = found if _has_better_abstract(stored, found) else stored
    return replace(
        stored,
        title=found.title if newer else _fuller(stored.title, found.title),
        abstract=abstract_of.abstract,
        authors=(
            found.authors
            if newer and found.authors
            else max(stored.authors, found.authors, key=_how_full)
        ),
        year=_either(stored.year, found.year, newer),
        url=_either(stored.url, found.url, newer),
        doi=_either(stored.doi, found.doi, newer),
        arxiv_id=_either(stored.arxiv_id, found.arxiv_id, newer),
        source=abstract_of.source,
        known_as=stored.id,
    )


def _has_better_abstract(stored: Paper, found: Paper) -> bool:
    if stored.source == found.source:
        cut = found.abstract.rstrip(" .…")
        return not stored.abstract.startswith(cut)
    if SAMPLE_SOURCE in (stored.source, found.source):
        return stored.source == SAMPLE_SOURCE
    return len(found.abstract) > len(stored.abstract)


def _how_full(names: tuple[str, ...]) -> tuple[int, int]:
    return len(names), len("".join(names))


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one.casefold() != other.casefold())


def _fuller(stored: str, found: str) -> str:
    return found if len(found) > len(stored) else stored


def _either(stored: _Field | None, found: _Field | None, newer: bool) -> _Field | None:
    """Return the one that is there; of two the newer, else the smaller, whichever came first."""
    if stored is None or found is None:
        return found if stored is None else stored
    return found if newer else min(stored, found)
