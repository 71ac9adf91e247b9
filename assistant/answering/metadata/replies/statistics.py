"""Answers that count records by author, venue, year or type."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.metadata.replies.reply import Entry, Reply, entries_of
from assistant.answering.metadata.replies.wording import capitalised, counted, enumeration
from assistant.answering.metadata.words.tokens import fold
from assistant.answering.metadata.words.vocabulary import vocabulary
from assistant.papers import Paper

PAPERS = ("paper", "papers")
# Up to this many papers are listed one by one; otherwise, only the number for each value is given.
_FEW_PAPERS = 12


@dataclass(frozen=True, slots=True)
class Grouping:
    """A property that papers are counted by.

    Attributes:
        noun: the singular and plural of its name.
        values: returns the values of a paper.
        key: normalises a value, so that its spelling variants are counted together.
    """

    noun: tuple[str, str]
    values: Callable[[Paper], Iterable[str]]
    key: Callable[[str], str] = str


def _type_names(paper: Paper) -> Iterable[str]:
    names = vocabulary().type_names.get(paper.type or "")
    return [names[1]] if names else ()


GROUPINGS: Mapping[str, Grouping] = {
    "author": Grouping(("author", "authors"), lambda paper: paper.authors, fold),
    "venue": Grouping(("venue", "venues"), lambda paper: filter(None, [paper.venue])),
    "year": Grouping(("year", "years"), lambda paper: [str(paper.year)] if paper.year else ()),
    "type": Grouping(("type", "types"), _type_names),
}
"""The properties that papers can be counted by, by name."""


def grouped(papers: Iterable[Paper], grouping: Grouping) -> dict[str, list[Paper]]:
    """Group papers by value, the value with the most papers first."""
    spelling: dict[str, str] = {}
    groups: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for value in grouping.values(paper):
            groups[spelling.setdefault(grouping.key(value), value)].append(paper)
    return dict(sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])))


def top_reply(papers: Sequence[Paper], grouping: Grouping) -> Reply:
    """Return which value has the most papers, with those papers and the next values."""
    groups = grouped(papers, grouping)
    if not groups:
        return Reply(_none_given(grouping, len(papers)))
    most = len(next(iter(groups.values())))
    best = [value for value, members in groups.items() if len(members) == most]
    verb = "has" if len(best) == 1 else "have"
    each = "" if len(best) == 1 else " each"
    lead = f"{enumeration(best)} {verb} the most papers: {most}{each}."
    following = [f"{value} ({len(groups[value])})" for value in list(groups)[len(best) :][:3]]
    notes = [f"Next: {enumeration(following)}."] if following else []
    members = list(dict.fromkeys(paper for value in best for paper in groups[value]))
    return Reply(lead, entries_of(members), [*notes, *_missing(papers, grouping)])


def per_reply(papers: Sequence[Paper], grouping: Grouping, name: str) -> Reply:
    """Return the number of papers for each value, most papers first; years in order."""
    groups = grouped(papers, grouping)
    values = sorted(groups) if name == "year" else list(groups)
    lead = f"These are the numbers of papers by {grouping.noun[0]}."
    rows = [Entry(f"{value}: {counted(len(groups[value]), PAPERS)}") for value in values]
    return Reply(lead, rows, _missing(papers, grouping))


def distinct_reply(papers: Sequence[Paper], grouping: Grouping, subject: str) -> Reply:
    """Return how many different values the papers have, and which.

    Args:
        papers: the papers that are counted.
        grouping: the property that they are counted by.
        subject: the papers in words, such as "the 3 papers by Ada Frost".
    """
    groups = grouped(papers, grouping)
    if not groups:
        return Reply(_none_given(grouping, len(papers)))
    verb = "has" if len(papers) == 1 else "have"
    number = f"{len(groups)} different" if len(groups) > 1 else "one"
    lead = f"{capitalised(subject)} {verb} {number} {grouping.noun[len(groups) > 1]}"
    if len(papers) <= _FEW_PAPERS:
        return Reply(
            f"{lead}: {enumeration(list(groups))}.",
            entries_of(papers),
            _missing(papers, grouping),
        )
    rows = [Entry(f"{value}: {counted(len(members), PAPERS)}") for value, members in groups.items()]
    return Reply(f"{lead}.", rows, _missing(papers, grouping))


def year_range_reply(papers: Sequence[Paper], subject: str) -> Reply:
    """Return the first and the last year of papers."""
    years = sorted(paper.year for paper in papers if paper.year)
    grouping = GROUPINGS["year"]
    if not years:
        return Reply(_none_given(grouping, len(papers)))
    verb = "are" if len(papers) > 1 else "is"
    when = f"from {years[0]} to {years[-1]}" if years[0] != years[-1] else f"from {years[0]}"
    return Reply(f"{capitalised(subject)} {verb} {when}.", (), _missing(papers, grouping))


def coauthors_reply(papers: Sequence[Paper], authors: frozenset[str], name: str) -> Reply:
    """Return the coauthors of authors, with their numbers of joint papers.

    Args:
        papers: the papers of the authors.
        authors: as the records spell them.
        name: what the question calls them.
    """
    joint = [paper for paper in papers if len(paper.authors) > 1]
    groups = grouped(joint, GROUPINGS["author"])
    others = [
        f"{author} ({len(members)})"
        for author, members in groups.items()
        if author not in authors or (len(authors) > 1 and _wrote_with(authors - {author}, members))
    ]
    if not others:
        return Reply(f"No paper of the library that {name} wrote has another author.")
    lead = f"{name} wrote papers with {enumeration(others)}."
    return Reply(lead, entries_of(joint), ["The numbers are those of the joint papers."])


def _wrote_with(authors: frozenset[str], papers: Sequence[Paper]) -> bool:
    return any(author in authors for paper in papers for author in paper.authors)


def _missing(papers: Sequence[Paper], grouping: Grouping) -> list[str]:
    missing = sum(not list(grouping.values(paper)) for paper in papers)
    verb = "gives" if missing == 1 else "give"
    return [f"{counted(missing, PAPERS)} {verb} no {grouping.noun[0]}."] if missing else []


def _none_given(grouping: Grouping, count: int) -> str:
    return f"None of {counted(count, PAPERS)} gives a {grouping.noun[0]}."
