"""Puts the sentences of a synthesis together: lead, groups of papers, further papers by title."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.answer import AnswerSentence, as_text
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.synthesis.groups import Group
from assistant.answering.synthesis.lead import summarise_groups
from assistant.retrieval import Evidence
from assistant.text.titles import short_title

MAX_WORDS = 350
"""The maximum number of words in the whole answer, if the papers with sentences leave room."""


def compose(
    lead: Sequence[AnswerSentence],
    groups: Sequence[Group],
    contributions: Sequence[AnswerSentence],
    further: Sequence[Evidence],
    grounder: Grounder,
) -> list[AnswerSentence]:
    """Return the sentences of the answer, with as many further papers as its length allows.

    Args:
        lead: the sentence that answers the question, if there is one.
        groups: whose members are indices of `contributions`.
        contributions: a sentence about each of the best papers.
        further: the best sentence of each further paper, most relevant paper first.
        grounder: numbers the citations.
    """

    def sentences(count: int) -> list[AnswerSentence]:
        return [
            *lead,
            summarise_groups(len(groups), len(contributions), count),
            *grouped,
            *entries[:count],
        ]

    grouped = _in_group_order(groups, contributions)
    entries = [_further_paper(one, grounder) for one in further]
    count = len(entries)
    while count and len(as_text(sentences(count)).split()) > MAX_WORDS:
        count -= 1
    return sentences(count)


def _further_paper(best: Evidence, grounder: Grounder) -> AnswerSentence:
    """Return the entry of a further paper: its title, citing its best sentence."""
    return AnswerSentence(
        short_title(best.paper.title),
        (grounder.cite(best),),
        supported=True,
        listed=True,
        group="Further papers",
        folded=True,
    )


def _in_group_order(
    groups: Sequence[Group], contributions: Sequence[AnswerSentence]
) -> list[AnswerSentence]:
    """Return the sentences in the order of their groups, as list entries under their headings."""
    return [
        replace(contributions[member], listed=True, group=group.heading)
        for group in groups
        for member in group.members
    ]
