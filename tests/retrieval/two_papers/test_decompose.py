"""Decomposing a question about two papers into one question for each."""

import pytest

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval.two_papers.decompose import decompose

GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS = range(5)


def test_each_clause_goes_to_its_paper_in_order_of_the_question(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    trams, parrots = made_up_papers[TRAMS], made_up_papers[PARROTS]
    question = (
        "Two from my pile: how many walnuts do parrots count, and how much quieter are trams?"
    )
    expected = [
        (parrots, "Two from my pile: how many walnuts do parrots count?"),
        (trams, "Two from my pile: how much quieter are trams?"),
    ]
    assert decompose(small_library, question, (trams, parrots)) == expected
    assert decompose(small_library, question, (parrots, trams)) == expected


def test_one_paper_may_get_several_clauses(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    trams, parrots = made_up_papers[TRAMS], made_up_papers[PARROTS]
    [(first, walnuts), (second, others)] = decompose(
        small_library,
        "How many walnuts do parrots count, how much quieter are trams on soft curves, and by how "
        "many minutes did residents of Graz sleep longer?",
        (trams, parrots),
    )
    assert (first, second) == (parrots, trams)
    assert walnuts == "How many walnuts do parrots count?"
    assert others == (
        "How much quieter are trams on soft curves, and by how many minutes did residents of Graz "
        "sleep longer?"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Compare what parrots count with how quiet trams are.",
        "What is measured for parrots and trams, and how large is each?",
        "How long did the parrots learn, and how long in the work on trams?",
        "How loud is one parrot, and how loud is one in Graz?",
        "What is special about the parrots, and what about that of trams in Graz?",
        "How do parrots choose walnuts, and how do the residents of Graz choose theirs?",
        "How do parrots count walnuts, and why is it of use to trams?",
        "What do parrots count, and how?",
    ],
)
def test_question_with_dependent_clauses_is_not_decomposed(
    question: str, small_library: Library, made_up_papers: list[Paper]
) -> None:
    papers = (made_up_papers[TRAMS], made_up_papers[PARROTS])
    assert decompose(small_library, question, papers) == []
