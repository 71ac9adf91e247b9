"""Filtering papers by conditions."""

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


def selected(*conditions: str) -> list[str]:
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
def test_condition_selects_papers(condition: str, titles: list[str]) -> None:
    assert selected(condition) == titles


def test_without_conditions_all_papers_are_selected() -> None:
    assert selected() == ["Glaciers", "Parrots", "Bread"]


def test_all_conditions_must_be_met() -> None:
    assert selected("year>2000", "melting") == ["Glaciers"]
    with pytest.raises(InputError, match='No paper matches "year>2020" and "parrots"'):
        selected("year>2020", "parrots")


def test_conditions_that_no_paper_meets_are_an_error() -> None:
    with pytest.raises(InputError, match='No paper matches "parrots glaciers"'):
        selected("parrots glaciers")
    assert select([], ["parrots"]) == []


@pytest.mark.parametrize(
    "wrong", ["yaer>=2023", "year>=new", "year=", "source>x", "author=", "", "the of"]
)
def test_invalid_condition_is_an_error_with_an_example(wrong: str) -> None:
    with pytest.raises(InputError, match=r"year>=2023|Name what"):
        selected(wrong)


@given(st.text())
def test_any_text_selects_papers_or_is_an_input_error(text: str) -> None:
    try:
        titles = selected(text)
    except InputError:
        return
    assert set(titles) <= {paper.title for paper in PAPERS}


@pytest.mark.parametrize(
    "condition",
    ["author=Frechet", "title=naive", "title=zurich", "naive", "CO2", "venue=neige", "keyword=ete"],
)
def test_accents_do_not_matter(condition: str) -> None:
    paper = Paper(
        title="Naïve Bayes in Zürich",
        abstract="The naïve method works on CO₂.",
        authors=("Frédéric Fréchet",),
        venue="La Neigé",
        keywords=("été",),
    )
    assert select([paper], [condition]) == [paper]
