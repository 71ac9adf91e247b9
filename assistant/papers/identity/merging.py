"""Merging two records of the same paper."""

from dataclasses import replace
from typing import TypeAlias, TypeVar, cast

from assistant.papers.details import Details
from assistant.papers.paper import DETAILS, Paper

SAMPLE_SOURCE = "sample library"
"""The source of the sample papers. Their abstracts are summaries, not the published ones."""

_UNPUBLISHED = (None, "preprint")

_Field = TypeVar("_Field", int, str)
_Pairs: TypeAlias = tuple[tuple[str, str], ...]


def merged(stored: Paper, found: Paper) -> Paper:
    """Merge another record of a stored paper into it. The id does not change.

    A missing field is filled from the other record. Where both have a field:

    - A record from the same source is a newer version and wins, unless its abstract is a truncated
      copy of the stored one.
    - Between records from different sources, the longer abstract, title and author list win, and
      the earlier year. Any abstract replaces a summary from the sample library. The details of a
      published version replace those of a preprint. The ids and extra fields of both are kept. The
      stored PDF is kept.
    """
    newer = stored.source == found.source
    abstract_of = found if _has_better_abstract(stored, found) else stored
    return replace(
        stored,
        title=found.title if newer else _longer(stored.title, found.title),
        abstract=abstract_of.abstract,
        authors=(
            found.authors
            if newer and found.authors
            else max(stored.authors, found.authors, key=_completeness)
        ),
        year=_newer_or_smaller(stored.year, found.year, newer),
        url=_newer_or_smaller(stored.url, found.url, newer),
        doi=_newer_or_smaller(stored.doi, found.doi, newer),
        arxiv_id=_newer_or_smaller(stored.arxiv_id, found.arxiv_id, newer),
        source=abstract_of.source,
        pdf=(found.pdf or stored.pdf) if newer else (stored.pdf or found.pdf),
        known_as=stored.id,
        **_merged_details(stored, found, newer),
    )


def _merged_details(stored: Paper, found: Paper, newer: bool) -> Details:
    is_published = stored.type in _UNPUBLISHED and found.type not in _UNPUBLISHED
    first, second = (found, stored) if newer or is_published else (stored, found)
    details = {name: getattr(first, name) or getattr(second, name) for name in DETAILS}
    parts = {str(name): name for name in (*second.names, *first.names)}
    details["names"] = tuple(parts.values())
    details["ids"] = _united(first.ids, second.ids)
    details["extra"] = _united(first.extra, second.extra)
    return cast(Details, details)


def _united(first: _Pairs, second: _Pairs) -> _Pairs:
    """Return the pairs of both records; if both have a name, the first record's value wins."""
    return tuple(sorted((dict(second) | dict(first)).items()))


def _has_better_abstract(stored: Paper, found: Paper) -> bool:
    if stored.source == found.source:
        beginning = found.abstract.rstrip(" .…")
        return not stored.abstract.startswith(beginning)
    if SAMPLE_SOURCE in (stored.source, found.source):
        return stored.source == SAMPLE_SOURCE
    return len(found.abstract) > len(stored.abstract)


def _completeness(names: tuple[str, ...]) -> tuple[int, int]:
    return len(names), len("".join(names))


def _longer(stored: str, found: str) -> str:
    return found if len(found) > len(stored) else stored


def _newer_or_smaller(stored: _Field | None, found: _Field | None, newer: bool) -> _Field | None:
    """Return the found value if it is newer, else the smaller one; None counts as missing."""
    if stored is None or found is None:
        return found if stored is None else stored
    return found if newer else min(stored, found)
