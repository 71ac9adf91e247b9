"""How far a question reaches: into one paper, two, or one that is not clear yet."""

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import retrieve
from assistant.retrieval.reach import reach
from assistant.settings import Settings


def test_a_paper_well_above_the_rest_is_the_one(made_up_papers: list[Paper]) -> None:
    ranked = list(zip(made_up_papers, [6.0, 1.0, 0.5, 0.0, -1.0], strict=True))
    assert reach("What does IceTrack find?", ranked, spread=2.0) == "one"


def test_papers_close_to_each_other_leave_it_open(made_up_papers: list[Paper]) -> None:
    ranked = list(zip(made_up_papers, [1.2, 1.0, 0.9, 0.5, 0.0], strict=True))
    assert reach("Who has trouble sleeping?", ranked, spread=1.0) == "open"


def test_two_papers_above_the_rest_with_words_of_their_own_are_both_meant(
    made_up_papers: list[Paper],
) -> None:
    ranked = list(zip(made_up_papers, [5.0, 4.5, 1.0, 0.5, 0.0], strict=True))
    question = "How many glaciers does IceTrack follow, and how many parrots does PolyCount teach?"
    assert reach(question, ranked, spread=1.5) == "two"


def test_the_only_paper_is_the_one(made_up_papers: list[Paper]) -> None:
    assert reach("Anything?", [(made_up_papers[0], 1.0)], spread=0.0) == "one"


def test_a_question_about_two_papers_gets_evidence_of_both(small_library: Library) -> None:
    question = (
        "Compare the errors: what does DoughNet predict, and by how much do trams get quieter?"
    )
    found = retrieve(small_library, question, Settings())
    assert found.reach == "two"
    assert {one.paper.title for one in found.evidence} == {
        "Bread Dough as a Neural Network",
        "Silent Trams for Old Towns",
    }
