"""How sure the model is of yes becomes a probability that the evidence answers the question."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.decide import answer_probability
from assistant.models import Calibration

SHARE = st.floats(0, 1)
MEASURED = Calibration()


@given(SHARE)
def test_it_is_a_probability(yes: float) -> None:
    assert 0 < answer_probability(yes, MEASURED) < 1


@given(SHARE, SHARE)
def test_a_surer_yes_is_never_less_probable(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert answer_probability(low, MEASURED) <= answer_probability(high, MEASURED)


def test_a_clear_yes_is_more_likely_right_than_wrong_and_a_clear_no_less() -> None:
    assert answer_probability(0.2, MEASURED) < 0.5 < answer_probability(0.8, MEASURED)


@given(SHARE)
def test_uncalibrated_the_probability_is_the_share_itself(yes: float) -> None:
    raw = Calibration(yes_slope=1, yes_bias=0)
    assert abs(answer_probability(yes, raw) - yes) <= 1e-4


@given(SHARE)
def test_that_nothing_written_holds_makes_it_less_probable(yes: float) -> None:
    hollow = answer_probability(yes, MEASURED, hollow=True)
    assert hollow < answer_probability(yes, MEASURED)
