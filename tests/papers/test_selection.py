"""Conditions that choose papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.papers import Paper
from assistant.papers.selection import select

PAPERS = [
    Paper(title="Glaciers", abstract="They are melting.", year=2021, source="north.bib"),
    Paper(title="Parrots", abstract="A parrot counted.", year=2019, arxiv_id="1901.00001"),
    Paper(title="Bread", abstract="It rises.", authors=("Ada Frost", "Bo Melt"), source="food.csv"),
]


def chosen(*conditions: str) -> list[str]:
    return [paper.title for paper in select(PAPERS, conditions)]


@pytest.mark.parametrize(
    ("condition", "titles"),
    [
        ("year>=2021", ["Glaciers"]),
        ("year > 2019", ["Glaciers"]),
        ("year=2019", ["Parrots"]),
        ("year<=2019", ["Parrots"]),
        ("Year<2021", ["Parrots"]),
        ("source=north", ["Glaciers"]),
        ("author=melt", ["Bread"]),
        ("title=PARR", ["Parrots"]),
        ("id=arxiv:1901", ["Parrots"]),
        ("melt", ["Glaciers"]),
        ("counts parrots", ["Parrots"]),
    ],
)
def test_a_condition_chooses_papers(condition: str, titles: list[str]) -> None:
    assert chosen(condition) == titles


def test_without_conditions_all_papers_are_chosen() -> None:
    assert chosen() == ["Glaciers", "Parrots", "Bread"]


def test_of_several_conditions_all_must_hold() -> None:
    assert chosen("year>2000", "melting") == ["Glaciers"]
    with pytest.raises(InputError, match='No paper matches "year>2020" and "parrots"'):
        chosen("year>2020", "parrots")


def test_conditions_that_no_paper_fulfils_are_an_error_that_says_so() -> None:
    with pytest.raises(InputError, match='No paper matches "parrots glaciers"'):
        chosen("parrots glaciers")
    assert select([], ["parrots"]) == []


@pytest.mark.parametrize(
    "wrong", ["yaer>=2023", "year>=new", "year=", "source>x", "author=", "", "the of"]
)
def test_a_condition_that_means_nothing_is_an_error_with_an_example(wrong: str) -> None:
    with pytest.raises(InputError, match=r"year>=2023|Name what"):
        chosen(wrong)


@given(st.text())
def test_any_text_chooses_some_of_the_papers_or_is_an_input_error(text: str) -> None:
    try:
        titles = chosen(text)
    except InputError:
        return
    assert set(titles) <= {paper.title for paper in PAPERS}
