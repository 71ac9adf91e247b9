"""Which papers of the previous answer a follow-up refers to."""

from dataclasses import replace

import pytest

from assistant.answering.revision.reference import papers_named, select_by_place, states_place
from assistant.papers import Paper

PAPERS = [
    Paper(title="IceTrack: Following Glaciers", abstract=""),
    Paper(title="Teaching Parrots to Count", abstract=""),
    Paper(title="A Survey of Lighthouse Keepers", abstract=""),
]


def test_papers_are_found_by_title_or_short_title_in_the_order_of_the_answer() -> None:
    answer = "Two papers: Teaching Parrots to Count [1] and icetrack [2]."
    assert papers_named(answer, PAPERS) == [PAPERS[1], PAPERS[0]]


def test_papers_are_found_by_their_authors_and_year() -> None:
    papers = [replace(paper, authors=("Bo Ng", "Al Wu"), year=2021) for paper in PAPERS[:1]]
    unknown = replace(PAPERS[1], authors=("Ida Count",), year=None)
    answer = "Ng and Wu (2021) follow glaciers. [1] They count cracks. [1]"
    assert papers_named(answer, [*papers, unknown]) == papers


def test_an_answer_that_names_no_paper_refers_to_none() -> None:
    assert papers_named("It rises by 12 percent. [1]", PAPERS) == []


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("what does the second one do?", [1]),
        ("tell me more about the last", [2]),
        ("the first two, please", [0, 1]),
        ("the 3rd?", [2]),
        ("number 1", [0]),
        ("the seventh", [0, 1, 2]),
        ("which of those is the fastest?", [0, 1, 2]),
    ],
)
def test_places_select_papers(question: str, places: list[int]) -> None:
    assert select_by_place(question, PAPERS) == [PAPERS[place] for place in places]


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("the third: what sizes does it come in?", True),
        ("and the last one, does it need real data?", True),
        ("does it need real data?", False),
    ],
)
def test_a_question_may_state_a_place(question: str, states: bool) -> None:
    assert states_place(question) is states


def test_first_without_an_article_is_no_position() -> None:
    assert not states_place("Which of these came out first?")
    assert states_place("Does the first also count?")
    assert states_place("first one, please")
    assert states_place("And second?")
    assert states_place("explain its third")
    assert states_place("What does its second author do?")
