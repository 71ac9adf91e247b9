"""Answers that compare records with each other: numbers of papers and numbers of authors."""

import itertools
from collections.abc import Mapping, Sequence

from assistant.answering.metadata.replies.reply import Reply, entries_of
from assistant.answering.metadata.replies.wording import counted, enumeration, quoted
from assistant.papers import Paper

_AUTHORS = ("author", "authors")
_PAPERS = ("paper", "papers")


def compare_reply(papers: Mapping[str, Sequence[Paper]]) -> Reply:
    """Return which of several authors, venues or years has the most papers.

    Args:
        papers: the papers of each, by its name.
    """
    ordered = sorted(papers, key=lambda name: -len(papers[name]))
    numbers = [f"{name} has {counted(len(papers[name]), _PAPERS)}" for name in ordered]
    most = len(papers[ordered[0]])
    best = [name for name in ordered if len(papers[name]) == most]
    lead = (
        f"{best[0]} has more papers: {enumeration(numbers)}."
        if len(best) == 1
        else f"{enumeration(best)} have equally many papers: {counted(most, _PAPERS)} each."
    )
    members = dict.fromkeys(itertools.chain.from_iterable(papers.values()))
    return Reply(lead, entries_of(list(members)))


def author_extreme_reply(papers: Sequence[Paper], *, most: bool) -> Reply:
    """Return the papers with the most or the fewest authors, of those whose authors are known."""
    known = [paper for paper in papers if paper.authors]
    word = "most" if most else "fewest"
    if not known:
        return Reply("No record gives the authors.", entries_of(papers))
    count = (max if most else min)(len(paper.authors) for paper in known)
    best = [paper for paper in known if len(paper.authors) == count]
    number = counted(count, _AUTHORS)
    if len(best) == 1:
        lead = f"{quoted(best[0].title)} has the {word} authors: {number}."
    else:
        lead = f"{len(best)} papers have the {word} authors: {number} each."
    return Reply(lead, entries_of(best))


def same_reply(shared: str, named: Sequence[Paper], others: Sequence[Paper]) -> Reply:
    """Return the papers that have something in common with the named ones.

    Args:
        shared: what they have in common, such as "venue".
        named: the papers that the question names.
        others: further papers with the same value.
    """
    titles = enumeration([quoted(paper.title) for paper in named])
    possessed = f"the {shared} of {titles}"
    if not others:
        return Reply(f"No other paper has {possessed}.", entries_of(named))
    verb = "has" if len(others) == 1 else "have"
    lead = f"{counted(len(others), ('other paper', 'other papers'))} {verb} {possessed}."
    return Reply(lead, entries_of(others))
