"""Whether a ranking makes clear which paper a question is about."""

from assistant.papers import Paper
from assistant.retrieval.ambiguity import classify_ambiguity
from assistant.retrieval.two_papers.pair import Pair

UNLIKELY = Pair(Paper(title="Another", abstract=""), log_odds=-6.0)
POSSIBLE = Pair(Paper(title="Another", abstract=""), log_odds=-1.0)
LIKELY = Pair(Paper(title="Another", abstract=""), log_odds=1.0)


def test_wide_gap_behind_best_paper_means_one_paper() -> None:
    assert classify_ambiguity([3.0, 0.5, 0.2, 0.0], UNLIKELY) == "one"


def test_narrow_gap_is_ambiguous() -> None:
    assert classify_ambiguity([1.2, 1.0, 0.9, 0.5], UNLIKELY) == "ambiguous"


def test_likely_pair_means_two_papers_whatever_the_gap() -> None:
    assert classify_ambiguity([3.0, 0.5, 0.2, 0.0], LIKELY) == "two"
    assert classify_ambiguity([1.2, 1.0, 0.9], LIKELY) == "two"


def test_possible_pair_means_two_papers_only_for_ambiguous_follow_up() -> None:
    assert classify_ambiguity([1.2, 1.0, 0.9], POSSIBLE) == "ambiguous"
    assert classify_ambiguity([1.2, 1.0, 0.9], POSSIBLE, is_follow_up=True) == "two"
    assert classify_ambiguity([3.0, 0.5, 0.2], POSSIBLE, is_follow_up=True) == "one"
    assert classify_ambiguity([1.2, 1.0, 0.9], UNLIKELY, is_follow_up=True) == "ambiguous"


def test_single_candidate_is_not_ambiguous() -> None:
    assert classify_ambiguity([0.0], None) == "one"
