"""Retrieval for questions about two papers."""

import pytest

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import retrieve
from assistant.settings import Settings

GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS = range(5)
QUESTION = "How many glaciers does IceTrack follow, and how many parrots does PolyCount teach?"


def test_question_about_two_papers_gets_evidence_of_both(small_library: Library) -> None:
    question = (
        "Compare the errors: what does DoughNet predict, and by how much do trams get quieter?"
    )
    found = retrieve(small_library, question, Settings())
    assert found.ambiguity == "two"
    titles = {"Bread Dough as a Neural Network", "Silent Trams for Old Towns"}
    assert {ranked.paper.title for ranked in found.papers[:2]} == titles
    assert {one.paper.title for one in found.evidence} == titles


def test_evidence_of_each_paper_is_selected_by_its_sub_question(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    glaciers, parrots = made_up_papers[GLACIERS], made_up_papers[PARROTS]
    found = retrieve(small_library, QUESTION, Settings(evidence_sentences=1))
    assert found.ambiguity == "two"
    assert found.sub_questions == (
        (glaciers.id, "How many glaciers does IceTrack follow?"),
        (parrots.id, "How many parrots does PolyCount teach?"),
    )
    assert [one.paper for one in found.evidence] == [glaciers, parrots]
    for evidence, (_, sub_question) in zip(found.evidence, found.sub_questions, strict=True):
        alone = retrieve(small_library, sub_question, Settings(evidence_sentences=1))
        assert evidence.text == alone.evidence[0].text


def test_follow_up_is_not_decomposed(small_library: Library) -> None:
    found = retrieve(small_library, QUESTION, Settings(), is_follow_up=True)
    assert found.ambiguity == "two"
    assert found.sub_questions == ()


@pytest.mark.parametrize("question", ["What is DoughNet?", "parrots"])
def test_question_about_one_paper_has_no_sub_questions(
    small_library: Library, question: str
) -> None:
    found = retrieve(small_library, question, Settings())
    assert found.ambiguity != "two"
    assert found.sub_questions == ()
