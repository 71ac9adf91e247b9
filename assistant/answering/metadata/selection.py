"""The papers that meet the conditions of a question."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.metadata.entities.mention import Entities, Mention
from assistant.answering.metadata.entities.years import is_in
from assistant.papers import Paper

# Returns whether a paper meets a condition; None if its record is too incomplete to say.
Condition = Callable[[Paper], bool | None]


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers that meet all conditions.

    Attributes:
        papers: the papers, newest first; those of unknown year last.
        unknown: fields, each with the number of papers that meet all other conditions but lack it.
        any_author: whether a paper by one of several authors was enough.
    """

    papers: Sequence[Paper]
    unknown: Sequence[tuple[str, int]] = ()
    any_author: bool = False


def select_papers(
    papers: Iterable[Paper], entities: Entities, *, together: bool = True, titles: bool = True
) -> Selection:
    """Return the papers that match everything that a question names.

    Args:
        papers: the papers to choose from.
        entities: what the question names.
        together: whether all of several authors have to be authors of a paper.
        titles: whether titles and ids in the question are conditions.
    """
    papers = list(papers)
    excluded = [one for one in entities.mentions if one.is_excluded]
    papers = [paper for paper in papers if not any(paper.id in one.papers for one in excluded)]
    kept = [one for one in entities.mentions if not one.is_excluded]
    entities = replace(entities, mentions=kept)
    authors = entities.of_kind("author")
    any_author = len(authors) > 1 and (not together or _has_or(entities, authors))
    conditions: list[tuple[str, Condition]] = []
    if titles and (named := entities.of_kind("title")):
        conditions.append(("", _among(named)))
    if any_author:
        conditions.append(("authors", _written_by(authors)))
    else:
        conditions += [("authors", _written_by([author])) for author in authors]
    if venues := entities.of_kind("venue"):
        conditions.append(("venue", _known(_among(venues), lambda paper: paper.venue)))
    if types := entities.of_kind("type"):
        conditions.append(("type", _known(_among(types), lambda paper: paper.type)))
    if entities.years:
        years = entities.years
        conditions.append(("date", lambda paper: is_in(date_of(paper), years)))
    results = {paper.id: [condition(paper) for _, condition in conditions] for paper in papers}
    unknown = [
        (field, sum(_lacks_only(results[paper.id], place) for paper in papers))
        for place, (field, _) in enumerate(conditions)
    ]
    return Selection(
        by_date(paper for paper in papers if all(results[paper.id])),
        [(field, count) for field, count in unknown if count],
        any_author,
    )


def by_date(papers: Iterable[Paper]) -> list[Paper]:
    """Return papers newest first; those of unknown date last."""
    return sorted(papers, key=date_of, reverse=True)


def date_of(paper: Paper) -> str:
    """Return the known part of the publication date in ISO format; empty if unknown."""
    published = paper.published or ""
    year = str(paper.year or "")
    return published if published.startswith(year) else year


def extreme(papers: Sequence[Paper], order: str) -> list[Paper]:
    """Return the newest or the oldest of papers.

    Several are returned if their known dates do not tell them apart, such as 2021 and 2021-05.

    Args:
        papers: the papers to choose from.
        order: "newest" or "oldest".
    """
    dated = [paper for paper in papers if date_of(paper)]
    if not dated:
        return []
    best = (max if order == "newest" else min)(map(date_of, dated))
    return [
        paper
        for paper in dated
        if best.startswith(date_of(paper)) or date_of(paper).startswith(best)
    ]


def _lacks_only(results: Sequence[bool | None], place: int) -> bool:
    return results[place] is None and all(
        result for other, result in enumerate(results) if other != place
    )


def _among(mentions: Sequence[Mention]) -> Condition:
    ids = frozenset().union(*(mention.papers for mention in mentions))
    return lambda paper: paper.id in ids


def _written_by(authors: Sequence[Mention]) -> Condition:
    return _known(_among(authors), lambda paper: paper.authors)


def _known(condition: Condition, field: Callable[[Paper], object]) -> Condition:
    return lambda paper: condition(paper) if field(paper) else None


def _has_or(entities: Entities, authors: Sequence[Mention]) -> bool:
    """Return whether "or" is between authors."""
    between = entities.question[authors[0].span.end : authors[-1].span.start]
    return "or" in between.lower().split()
