"""Finds mentions of the library's records in a question: authors, venues, years, titles, ids."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from assistant.answering.metadata.entities.mention import Entities, Mention, MentionKind
from assistant.answering.metadata.entities.record_index import (
    MIN_CLEAR_TITLE,
    RecordIndex,
    record_index,
)
from assistant.answering.metadata.entities.years import year_ranges
from assistant.answering.metadata.words.examples import is_form_word
from assistant.answering.metadata.words.tokens import Token, keys_of, tokens_of
from assistant.answering.metadata.words.vocabulary import vocabulary
from assistant.library import Library
from assistant.papers.identity.identifiers import find_doi, valid_arxiv_id
from assistant.text.proper_names import has_name_shape, occurrences
from assistant.text.sentences import Span

_LONGEST_MENTION = 30
# Words before a name that exclude the papers with it: "not by Frost".
_EXCLUDES = re.compile(
    r"\b(?:not|except|excluding|without|neither|nor|other\s+than)\s+"
    r"(?:(?:by|from|in|for|the|those|papers|any|are|at)\s+)*\Z",
    re.IGNORECASE,
)
_MIN_LENGTH_IN_LOWER_CASE = 3


def find_entities(library: Library, question: str) -> Entities:
    """Find the mentions of a library's records, and the conditions on years, in a question."""
    index = record_index(library)
    return _Finder(library, index, question).find()


class _Finder:
    """Finds the mentions in one question, the least ambiguous kinds first."""

    def __init__(self, library: Library, index: RecordIndex, question: str) -> None:
        self._index = index
        self._question = question
        self._tokens = tokens_of(question)
        self._years = year_ranges(question, index.newest)
        self._mentions: list[Mention] = []
        self._taken = [False] * len(self._tokens)
        self._library = library
        self._count: Callable[[str], int] = cache(library.catalogue.words.count)

    def find(self) -> Entities:
        self._find_ids()
        self._scan("title", self._title)
        self._take_years()
        self._scan("venue", self._venue)
        self._scan("type", self._type)
        self._scan("style", self._style)
        self._find_authors()
        self._find_coined_names()
        self._mentions.sort(key=lambda one: one.span)
        return Entities(self._question, self._tokens, tuple(self._mentions), tuple(self._years))

    # -- scanning -----------------------------------------------------------------------------

    def _scan(
        self, kind: MentionKind, recognise: Callable[[int, int], tuple[frozenset[str], ...] | None]
    ) -> None:
        """Add the mentions of a kind, trying the longest at each place first.

        Args:
            kind: the kind of mention.
            recognise: returns the names and papers that a range of tokens mentions; None if the
                range is no mention.
        """
        for start, end in self._free_ranges():
            if not any(self._taken[start:end]) and (found := recognise(start, end)):
                self._add(kind, start, end, *found)

    def _free_ranges(self) -> Iterator[tuple[int, int]]:
        for start in range(len(self._tokens)):
            for end in range(min(len(self._tokens), start + _LONGEST_MENTION), start, -1):
                yield start, end

    def _add(
        self,
        kind: MentionKind,
        start: int,
        end: int,
        names: frozenset[str] = frozenset(),
        papers: frozenset[str] = frozenset(),
    ) -> None:
        span = Span(self._tokens[start].start, self._tokens[end - 1].end)
        is_excluded = _EXCLUDES.search(self._question, 0, span.start) is not None
        self._mentions.append(Mention(kind, span, names, papers, is_excluded))
        self._taken[start:end] = [True] * (end - start)

    def _keys(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(token.key for token in self._tokens[start:end])

    def _text(self, start: int, end: int) -> str:
        return self._question[self._tokens[start].start : self._tokens[end - 1].end]

    # -- ids, titles, venues, types -----------------------------------------------------------

    def _find_ids(self) -> None:
        for word in self._question.split():
            word = word.strip("\"'“”‘’()[],;?!").rstrip(".")
            doi, arxiv_id = find_doi(word), valid_arxiv_id(word)
            found = (self._index.ids.get(one.lower()) for one in (word, doi, arxiv_id) if one)
            papers = frozenset[str]().union(*filter(None, found))
            if papers or doi or arxiv_id:
                start = self._question.index(word)
                inside = [
                    place
                    for place, token in enumerate(self._tokens)
                    if start <= token.start < start + len(word)
                ]
                self._add("title", inside[0], inside[-1] + 1, frozenset(), papers)

    def _title(self, start: int, end: int) -> tuple[frozenset[str], ...] | None:
        papers = self._index.titles.get(self._keys(start, end))
        if papers is None:
            return None
        if end - start < MIN_CLEAR_TITLE:
            # A few words may be a topic: "deep learning" is one even if a paper has that title.
            if self._count(self._text(start, end)) > len(papers):
                return None
            if end - start == 1 and is_form_word(self._tokens[start].text):
                return None
        return frozenset(), papers

    def _venue(self, start: int, end: int) -> tuple[frozenset[str], ...] | None:
        keys = self._keys(start, end)
        tokens = self._tokens[start:end]
        venues = self._index.venues.get(keys, frozenset())
        capitalised = all(token.is_capitalised or len(token.text) <= 3 for token in tokens)
        if not venues:
            venues = self._index.venue_parts.get(keys, frozenset())
            words = [token for token in tokens if not is_form_word(token.text)]
            if (
                len(venues) != 1
                or not capitalised
                or not words
                or is_form_word(tokens[0].text)
                or is_form_word(tokens[-1].text)
                or (len(words) == 1 and self._is_ordinary(words[0], venues))
            ):
                return None
        elif len(keys) == 1 and self._is_ordinary(tokens[0], venues):
            return None
        papers = frozenset().union(*(self._index.papers_by_venue[venue] for venue in venues))
        return venues, papers

    def _is_ordinary(self, token: Token, venues: frozenset[str]) -> bool:
        """Return whether a token is more likely an ordinary word than the name of a venue."""
        if token.is_capitalised and token is not self._tokens[0]:
            return False
        papers = sum(len(self._index.papers_by_venue[venue]) for venue in venues)
        return is_form_word(token.text) or self._count(token.text) > papers

    def _type(self, start: int, end: int) -> tuple[frozenset[str], ...] | None:
        name = vocabulary().types.get(self._keys(start, end))
        if name is None:
            return None
        papers = (paper.id for paper in self._index.papers.values() if paper.type == name)
        return frozenset({name}), frozenset(papers)

    def _style(self, start: int, end: int) -> tuple[frozenset[str], ...] | None:
        name = vocabulary().styles.get(self._keys(start, end))
        return (frozenset({name}),) if name else None

    def _take_years(self) -> None:
        """Drop year conditions inside titles, and mark the tokens of the others as taken."""
        self._years = [
            one
            for one in self._years
            if not any(
                mention.span.start < one.span.end and one.span.start < mention.span.end
                for mention in self._mentions
            )
        ]
        for place, token in enumerate(self._tokens):
            if any(one.span.start <= token.start < one.span.end for one in self._years):
                self._taken[place] = True

    # -- authors ------------------------------------------------------------------------------

    def _find_authors(self) -> None:
        self._scan("author", self._whole_name)
        self._scan_authors(self._index.family_names)
        self._scan_authors(self._index.given_names)

    def _whole_name(self, start: int, end: int) -> tuple[frozenset[str], ...] | None:
        authors = self._index.full_names.get(self._keys(start, end))
        if authors is None or (end - start == 1 and not self._is_name(start, end, authors)):
            return None
        return authors, self._papers_of(authors)

    def _scan_authors(self, names: Mapping[tuple[str, ...], frozenset[str]]) -> None:
        """Add mentions of authors by a part of their name.

        Given names or initials before it have to match: "Johanna Smith" is not "Emily Smith".
        """
        for start, end in self._free_ranges():
            authors = names.get(self._keys(start, end))
            if authors is None or any(self._taken[start:end]):
                continue
            if not self._is_name(start, end, authors):
                continue
            first = self._start_of_name(start)
            given = self._keys(first, start)
            if self._continues(end):
                continue
            fitting = frozenset(author for author in authors if _has_given(author, given))
            if fitting:
                self._add(
                    "author", self._start_of_title(first), end, fitting, self._papers_of(fitting)
                )

    def _papers_of(self, authors: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*(self._index.papers_by_author[author] for author in authors))

    def _is_name(self, start: int, end: int, authors: frozenset[str]) -> bool:
        """Return whether tokens are more likely a name than ordinary words."""
        tokens = self._tokens[start:end]
        if end - start > 1:
            return True
        [token] = tokens
        if is_form_word(token.text) and (start == 0 or not token.is_capitalised):
            return False
        if token.is_capitalised and start > 0:
            return True
        return (
            len(token.text) >= _MIN_LENGTH_IN_LOWER_CASE
            and token.key not in vocabulary().words_and_names
            and self._count(token.text) <= len(self._papers_of(authors))
        )

    def _start_of_name(self, start: int) -> int:
        """Return the index of the first token of the given names before a family name."""
        while start > 0 and self._is_part_of_name(start - 1, start):
            start -= 1
        return start

    def _start_of_title(self, start: int) -> int:
        """Return the index of the first token of the honorifics before a name ("Prof. Dr.")."""
        while start > 0 and self._tokens[start - 1].key in vocabulary().honorifics:
            start -= 1
        return start

    def _continues(self, end: int) -> bool:
        """Return whether a name goes on at token `end`, as "Kim" does with "Larsson"."""
        return (
            end < len(self._tokens)
            and self._tokens[end].is_capitalised
            and self._is_part_of_name(end, end)
        )

    def _is_part_of_name(self, place: int, boundary: int) -> bool:
        """Return whether a token is part of the name on the other side of a boundary."""
        token = self._tokens[place]
        between = self._question[self._tokens[boundary - 1].end : self._tokens[boundary].start]
        if self._taken[place] or between not in (" ", ". ", ".", "-", "  "):
            return False
        if len(token.text) == 1:
            return (token.is_capitalised and token.key not in ("a", "i")) or between.startswith(".")
        if is_form_word(token.text) or token.key in vocabulary().honorifics:
            return False
        if has_name_shape(token.text):
            return False
        return not self._count(token.text) or (token.is_capitalised and place > 0)

    # -- names of methods ---------------------------------------------------------------------

    def _find_coined_names(self) -> None:
        """Add names that occur in only one paper, such as that of the method it proposes."""
        for place, token in enumerate(self._tokens):
            if self._taken[place] or is_form_word(token.text) or token.text.isdigit():
                continue
            if self._count(token.text) != 1:
                continue
            [(paper_id, _)] = self._library.catalogue.words.match([token.text], 1)
            spelled = occurrences(token.text, self._index.papers[paper_id].text)
            if any(has_name_shape(one) for one in spelled):
                self._add("title", place, place + 1, frozenset(), frozenset({paper_id}))


def _has_given(author: str, given: tuple[str, ...]) -> bool:
    """Return whether an author's name matches all of the given names or initials."""
    names = keys_of(author)
    return all(
        any(name == one or (1 in (len(name), len(one)) and name[0] == one[0]) for name in names)
        for one in given
    )
