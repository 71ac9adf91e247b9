"""What a question about two papers asks of each."""

import pytest

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import retrieve
from assistant.retrieval.two_papers.decompose import decompose
from assistant.settings import Settings

GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS = range(5)


def test_each_paper_is_asked_its_own_clause_in_the_order_of_the_question(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    trams, parrots = made_up_papers[TRAMS], made_up_papers[PARROTS]
    question = (
        "Two from my pile: how many walnuts do parrots count, and how much quieter are trams?"
    )
    asked = [
        (parrots, "Two from my pile: how many walnuts do parrots count?"),
        (trams, "Two from my pile: how much quieter are trams?"),
    ]
    assert decompose(small_library, question, (trams, parrots)) == asked
    assert decompose(small_library, question, (parrots, trams)) == asked


def test_of_more_clauses_a_paper_may_be_asked_several(
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
def test_a_question_whose_clauses_need_each_other_stays_whole(
    question: str, small_library: Library, made_up_papers: list[Paper]
) -> None:
    papers = (made_up_papers[TRAMS], made_up_papers[PARROTS])
    assert decompose(small_library, question, papers) == []


def test_the_evidence_of_each_paper_is_chosen_for_what_it_is_asked(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    question = "How many glaciers does IceTrack follow, and how many parrots does PolyCount teach?"
    found = retrieve(small_library, question, Settings(evidence_sentences=1))
    assert found.ambiguity == "two"
    assert found.asked == (
        "How many glaciers does IceTrack follow?",
        "How many parrots does PolyCount teach?",
    )
    assert [one.paper for one in found.evidence] == [
        made_up_papers[GLACIERS], made_up_papers[PARROTS]
    ]  # fmt: skip
    own = [retrieve(small_library, one, Settings(evidence_sentences=1)) for one in found.asked]
    assert [one.text for one in found.evidence] == [one.evidence[0].text for one in own]


def test_a_question_that_goes_on_from_another_is_not_taken_apart(small_library: Library) -> None:
    question = "How many glaciers does IceTrack follow, and how many parrots does PolyCount teach?"
    found = retrieve(small_library, question, Settings(), is_follow_up=True)
    assert found.ambiguity == "two"
    assert found.asked == ()
