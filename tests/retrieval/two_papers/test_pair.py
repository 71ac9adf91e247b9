"""Questions about two papers: which is the second, and is the question about both?"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pytest

from assistant.papers import Paper
from assistant.retrieval.two_papers.pair import Pair, find_pair
from assistant.text.words import content_words

Ask: TypeAlias = Callable[[str, Sequence[int], Sequence[float]], Pair]

GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS = range(5)


@pytest.fixture
def ask(made_up_papers: list[Paper]) -> Ask:
    """Look for the pair of a question, the papers ranked as told, all its words equally rare."""

    def find(question: str, order: Sequence[int], scores: Sequence[float]) -> Pair:
        ranked = [
            (made_up_papers[place], score) for place, score in zip(order, scores, strict=True)
        ]
        pair = find_pair(question, ranked, dict.fromkeys(content_words(question), 3.0))
        assert pair
        return pair

    return find


TWO = "How many glaciers does IceTrack follow, and how many parrots does PolyCount teach?"


def test_two_papers_that_each_have_a_name_of_the_question_are_meant(
    ask: Ask, made_up_papers: list[Paper]
) -> None:
    pair = ask(TWO, [GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS], [3.0, 2.8, 0.5, 0.2, 0.0])
    assert pair.second == made_up_papers[PARROTS]
    assert pair.meant


def test_the_second_paper_may_stand_below_one_that_has_nothing_of_its_own(
    ask: Ask, made_up_papers: list[Paper]
) -> None:
    pair = ask(TWO, [GLACIERS, KEEPERS, DOUGH, TRAMS, PARROTS], [3.0, 1.5, 1.2, 1.1, 1.0])
    assert pair.second == made_up_papers[PARROTS]


def test_a_question_in_the_words_of_one_paper_is_not_about_two(ask: Ask) -> None:
    pair = ask(
        "Which method finds cracks in glaciers that satellites miss?",
        [GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS],
        [4.0, 1.0, 0.8, 0.5, 0.0],
    )
    assert not pair.meant


def test_a_name_inside_a_longer_one_is_not_that_name(ask: Ask) -> None:
    question = "Compare Track and PolyCount: what is each for?"
    order, scores = [PARROTS, DOUGH, GLACIERS, TRAMS, KEEPERS], [3.0, 1.2, 1.0, 0.5, 0.0]
    whole = ask(question.replace("Track", "IceTrack"), order, scores)
    assert whole.log_odds > ask(question, order, scores).log_odds


def test_two_papers_alone_are_no_choice(made_up_papers: list[Paper]) -> None:
    ranked = [(made_up_papers[GLACIERS], 3.0), (made_up_papers[PARROTS], 2.8)]
    assert find_pair(TWO, ranked, dict.fromkeys(content_words(TWO), 3.0)) is None
