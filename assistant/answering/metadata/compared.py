"""The papers of the authors, venues or years that a question compares."""

from collections.abc import Mapping, Sequence

from assistant.answering.metadata.entities.mention import Entities, Mention
from assistant.answering.metadata.entities.years import is_in
from assistant.answering.metadata.replies.statistics import Grouping
from assistant.answering.metadata.replies.wording import author_text
from assistant.answering.metadata.selection import by_date, date_of
from assistant.papers import Paper


def compared_papers(papers: Sequence[Paper], entities: Entities) -> Mapping[str, Sequence[Paper]]:
    """Return the papers of each author, venue or year that a question compares, by its name.

    Empty if it names fewer than two of them.
    """
    sides = {
        _name_of(one, entities): [paper for paper in papers if paper.id in one.papers]
        for one in entities.mentions
        if one.kind in ("author", "venue")
    }
    if len(sides) < 2:
        sides = {
            str(one).removeprefix("from "): [
                paper for paper in papers if is_in(date_of(paper), [one])
            ]
            for one in entities.years
        }
    return sides if len(sides) > 1 else {}


def others_with_same(
    papers: Sequence[Paper], named: Sequence[Paper], grouping: Grouping
) -> list[Paper]:
    """Return the papers that share a value with the named ones and are none of them."""
    values = {grouping.key(one) for paper in named for one in grouping.values(paper)}
    return [
        paper
        for paper in by_date(papers)
        if paper not in named and values.intersection(map(grouping.key, grouping.values(paper)))
    ]


def _name_of(mention: Mention, entities: Entities) -> str:
    if mention.kind == "author":
        return author_text(entities, mention)
    return entities.text_of(mention)
