"""Facts of abstracts that questions can be asked for."""

from assistant.evaluation.generation.facts import facts_in_turn, facts_of
from assistant.papers import Paper


def test_facts_are_the_numbers_and_names_that_a_sentence_alone_states(
    made_up_papers: list[Paper],
) -> None:
    glacier = made_up_papers[0]
    found = {(fact.kind, fact.answer): fact.sentence for fact in facts_of(glacier)}
    assert found["number", "14"].startswith("We tie cameras")
    assert found["name", "IceTrack"].startswith("IceTrack, our method")
    assert found["number", "12.5"].startswith("The melt speeds up")


def test_what_the_title_or_another_sentence_states_too_is_no_fact_to_ask_for() -> None:
    paper = Paper(
        title="DoughNet Bakes",
        abstract="The network DoughNet bakes 14 loaves of rye bread a day in Graz. "
        "It needs 14 minutes for each of the loaves, and 3 spoons of salt.",
    )
    assert [(fact.kind, fact.answer) for fact in facts_of(paper)] == [("number", "3")]


def test_each_paper_comes_once_before_any_comes_twice(made_up_papers: list[Paper]) -> None:
    facts = list(facts_in_turn(made_up_papers))
    with_facts = [paper for paper in made_up_papers if facts_of(paper)]
    first = facts[: len(with_facts)]
    assert [fact.paper for fact in first] == with_facts
    assert {fact.kind for fact in first} == {"number", "name"}
    assert len(facts) == sum(len(facts_of(paper)) for paper in made_up_papers)
