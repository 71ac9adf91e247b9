"""An index of the names in a library's records, keyed by the words that may mention them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from assistant.answering.metadata.words.tokens import keys_of, runs_of
from assistant.library import Library
from assistant.papers import Paper

Keys: TypeAlias = tuple[str, ...]
K = TypeVar("K", Keys, str)

# The separator between a title and its subtitle.
_SUBTITLE = re.compile(r"(?:[:.]|(?<=[?!]))\s|\s[-–—]\s")
# A title with at least this many words always counts as a mention; shorter ones may be a topic.
MIN_CLEAR_TITLE = 4


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """An index of authors, venues, titles and ids. Each of `Keys` is a tuple of folded words.

    Attributes:
        papers: all papers, by id.
        full_names: the authors by full name, both given name first and family name first.
        family_names: the authors by family name, with and without its particle.
        given_names: the authors by the first of their given names.
        papers_by_author: the ids of the papers of each author.
        venues: the venues by full name or abbreviation.
        venue_parts: the venues by each run of consecutive words in their names.
        papers_by_venue: the ids of the papers of each venue.
        titles: the ids of the papers by full title, and by title without the subtitle.
        ids: the ids of the papers by DOI, arXiv id, citation key or other id in lower case.
        newest: the latest year of publication; 0 if none is known.
    """

    papers: Mapping[str, Paper]
    full_names: Mapping[Keys, frozenset[str]]
    family_names: Mapping[Keys, frozenset[str]]
    given_names: Mapping[Keys, frozenset[str]]
    papers_by_author: Mapping[str, frozenset[str]]
    venues: Mapping[Keys, frozenset[str]]
    venue_parts: Mapping[Keys, frozenset[str]]
    papers_by_venue: Mapping[str, frozenset[str]]
    titles: Mapping[Keys, frozenset[str]]
    ids: Mapping[str, frozenset[str]]
    newest: int


_indexes: WeakKeyDictionary[Library, tuple[str, RecordIndex]] = WeakKeyDictionary()


def record_index(library: Library) -> RecordIndex:
    """Return the index of a library's records, rebuilding it if the library has changed."""
    fingerprint = library.fingerprint()
    known = _indexes.get(library)
    if known is None or known[0] != fingerprint:
        known = fingerprint, index_records(library.catalogue.papers())
        _indexes[library] = known
    return known[1]


def index_records(papers: Sequence[Paper]) -> RecordIndex:
    """Index the names of papers."""
    full_names, family_names, given_names = _Groups[Keys](), _Groups[Keys](), _Groups[Keys]()
    venues, venue_parts, titles = _Groups[Keys](), _Groups[Keys](), _Groups[Keys]()
    papers_by_author, papers_by_venue, ids = _Groups[str](), _Groups[str](), _Groups[str]()
    for paper in papers:
        for author, name in zip(paper.authors, paper.author_names, strict=True):
            papers_by_author.add(author, paper.id)
            full_names.add(keys_of(author), author)
            full_names.add(keys_of(name.inverted), author)
            last = keys_of(f"{name.particle} {name.family or name.literal}")
            family_names.add(last, author)
            family_names.add(keys_of(name.family or name.literal), author)
            family_names.add(("".join(last),), author)
            given_names.add(keys_of(name.given)[:1], author)
        if paper.venue:
            papers_by_venue.add(paper.venue, paper.id)
            whole, short = _venue_keys(paper.venue)
            venues.add(whole, paper.venue)
            venues.add(short, paper.venue)
            for run in runs_of(whole):
                venue_parts.add(run, paper.venue)
        titles.add(keys_of(paper.title), paper.id)
        titles.add(keys_of(_SUBTITLE.split(paper.title)[0]), paper.id)
        further = [value for _, value in paper.ids]
        for id_ in filter(None, (paper.doi, paper.arxiv_id, paper.citation_key, *further)):
            ids.add(id_.lower(), paper.id)
    return RecordIndex(
        papers={paper.id: paper for paper in papers},
        full_names=full_names.frozen(),
        family_names=family_names.frozen(),
        given_names=given_names.frozen(),
        papers_by_author=papers_by_author.frozen(),
        venues=venues.frozen(),
        venue_parts=venue_parts.frozen(),
        papers_by_venue=papers_by_venue.frozen(),
        titles=titles.frozen(),
        ids=ids.frozen(),
        newest=max((paper.year or 0 for paper in papers), default=0),
    )


def _venue_keys(venue: str) -> tuple[Keys, Keys]:
    """Return the words of a venue's name without its year or number, and its abbreviation."""
    name, parenthesis, rest = venue.partition("(")
    abbreviation, _, after = rest.partition(")")
    if not parenthesis or not abbreviation.replace("-", "").isalnum() or " " in abbreviation:
        name, abbreviation, after = venue, "", ""
    words = [key for key in keys_of(f"{name} {after}") if not any(map(str.isdigit, key))]
    if words[:3] == ["proceedings", "of", "the"]:
        del words[:3]
    if words[:1] == ["the"]:
        del words[0]
    return tuple(words), keys_of(abbreviation)


class _Groups(Generic[K]):
    """Sets of values by key; empty keys are ignored."""

    def __init__(self) -> None:
        self._values: defaultdict[K, set[str]] = defaultdict(set)

    def add(self, key: K, value: str) -> None:
        if key:
            self._values[key].add(value)

    def frozen(self) -> dict[K, frozenset[str]]:
        return {key: frozenset(values) for key, values in self._values.items()}
