"""How far a question reaches: into one paper, two, or one that is not clear yet."""

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import retrieve
from assistant.retrieval.ambiguity import judge_ambiguity
from assistant.retrieval.two_papers.pair import Pair
from assistant.settings import Settings

UNLIKELY = Pair(Paper(title="Another", abstract=""), log_odds=-6.0)


def test_a_paper_well_above_the_rest_is_the_one() -> None:
    assert judge_ambiguity([3.0, 0.5, 0.2, 0.0], UNLIKELY) == "one"


def test_papers_close_to_each_other_leave_it_open() -> None:
    assert judge_ambiguity([1.2, 1.0, 0.9, 0.5], UNLIKELY) == "ambiguous"


def test_a_second_paper_that_is_likely_meant_makes_it_two() -> None:
    likely = Pair(Paper(title="Another", abstract=""), log_odds=1.0)
    assert (
        judge_ambiguity([3.0, 0.5, 0.2, 0.0], likely)
        == judge_ambiguity([1.2, 1.0, 0.9], likely)
        == "two"
    )


def test_going_on_from_an_earlier_question_it_may_be_about_the_other_paper_as_well() -> None:
    likelier = Pair(Paper(title="Another", abstract=""), log_odds=-1.0)
    assert judge_ambiguity([1.2, 1.0, 0.9], likelier) == "ambiguous"
    assert judge_ambiguity([1.2, 1.0, 0.9], likelier, is_follow_up=True) == "two"
    assert judge_ambiguity([3.0, 0.5, 0.2], likelier, is_follow_up=True) == "one"
    assert judge_ambiguity([1.2, 1.0, 0.9], UNLIKELY, is_follow_up=True) == "ambiguous"


def test_the_only_paper_is_the_one() -> None:
    assert judge_ambiguity([0.0], None) == "one"


def test_a_question_about_two_papers_gets_evidence_of_both(small_library: Library) -> None:
    question = (
        "Compare the errors: what does DoughNet predict, and by how much do trams get quieter?"
    )
    found = retrieve(small_library, question, Settings())
    assert found.ambiguity == "two"
    titles = {"Bread Dough as a Neural Network", "Silent Trams for Old Towns"}
    assert {ranked.paper.title for ranked in found.papers[:2]} == titles
    assert {one.paper.title for one in found.evidence} == titles
