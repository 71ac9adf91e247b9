"""The papers of a synthesis are grouped by what their sentences say."""

from assistant.answering.synthesis.groups import group_papers
from assistant.library import Embedder
from assistant.papers import Paper

ICE = [
    ("Glacier Cracks from Balloons", "Balloon cameras follow cracks in glacier ice."),
    ("Sea Ice and Seals", "Seals rest on thinner sea ice each spring."),
    ("Meltwater under Glacier Ice", "Meltwater lets glacier ice slide faster."),
]
BREAD = [
    ("Bread Dough Rising", "Yeast makes bread dough rise within an hour."),
    ("Baking Bread with Less Salt", "Bread with less salt tastes the same to most people."),
    ("Old Bread as Feed", "Stale bread feeds hens without loss of eggs."),
]


def grouped(embedder: Embedder, papers: list[tuple[str, str]]) -> list[tuple[str, set[str]]]:
    records = [Paper(title=title, abstract=text) for title, text in papers]
    groups = group_papers(records, [text for _, text in papers], embedder)
    return [(one.heading, {papers[i][0] for i in one.members}) for one in groups]


def test_papers_on_two_subjects_make_two_groups_with_headings(embedder: Embedder) -> None:
    groups = grouped(embedder, [ICE[0], BREAD[0], ICE[1], BREAD[1], ICE[2], BREAD[2]])
    assert [members for _, members in groups] == [
        {title for title, _ in ICE},
        {title for title, _ in BREAD},
    ]
    assert all(heading for heading, _ in groups)


def test_few_papers_are_one_group_without_a_heading(embedder: Embedder) -> None:
    assert grouped(embedder, ICE[:2]) == [("", {title for title, _ in ICE[:2]})]
