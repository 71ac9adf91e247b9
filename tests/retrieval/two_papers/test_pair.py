"""Questions about two papers: which is the second, and is the question about both?"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pytest

from assistant.papers import Paper
from assistant.retrieval.two_papers.pair import Pair, find_pair
from assistant.text.words import content_words

Find: TypeAlias = Callable[[str, Sequence[int], Sequence[float]], Pair]

GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS = range(5)


@pytest.fixture
def find(made_up_papers: list[Paper]) -> Find:
    """Find the pair for a question and a given ranking; all words have the same IDF."""

    def find_with_ranking(question: str, order: Sequence[int], scores: Sequence[float]) -> Pair:
        ranked = [
            (made_up_papers[index], score) for index, score in zip(order, scores, strict=True)
        ]
        pair = find_pair(question, ranked, dict.fromkeys(content_words(question), 3.0))
        assert pair
        return pair

    return find_with_ranking


TWO = "How many glaciers does IceTrack follow, and how many parrots does PolyCount teach?"


def test_question_with_a_name_of_each_of_two_papers_is_about_both(
    find: Find, made_up_papers: list[Paper]
) -> None:
    pair = find(TWO, [GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS], [3.0, 2.8, 0.5, 0.2, 0.0])
    assert pair.second == made_up_papers[PARROTS]
    assert pair.is_about_both


def test_second_paper_may_rank_below_one_without_unique_words(
    find: Find, made_up_papers: list[Paper]
) -> None:
    pair = find(TWO, [GLACIERS, KEEPERS, DOUGH, TRAMS, PARROTS], [3.0, 1.5, 1.2, 1.1, 1.0])
    assert pair.second == made_up_papers[PARROTS]


def test_question_in_words_of_one_paper_is_not_about_both(find: Find) -> None:
    pair = find(
        "Which method finds cracks in glaciers that satellites miss?",
        [GLACIERS, PARROTS, DOUGH, TRAMS, KEEPERS],
        [4.0, 1.0, 0.8, 0.5, 0.0],
    )
    assert not pair.is_about_both


def test_name_inside_longer_name_does_not_match(find: Find) -> None:
    question = "Compare Track and PolyCount: what is each for?"
    order, scores = [PARROTS, DOUGH, GLACIERS, TRAMS, KEEPERS], [3.0, 1.2, 1.0, 0.5, 0.0]
    whole = find(question.replace("Track", "IceTrack"), order, scores)
    assert whole.log_odds > find(question, order, scores).log_odds


def test_fewer_than_three_papers_give_no_pair(made_up_papers: list[Paper]) -> None:
    ranked = [(made_up_papers[GLACIERS], 3.0), (made_up_papers[PARROTS], 2.8)]
    assert find_pair(TWO, ranked, dict.fromkeys(content_words(TWO), 3.0)) is None
