"""How sure the model is of yes becomes a probability that the evidence answers the question."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answerability import answer_probability, apply_probe
from assistant.errors import ModelError
from assistant.llm import KvVectors
from assistant.models import Calibration, Probe

PROBABILITY = st.floats(0, 1)
MEASURED = Calibration()


@given(PROBABILITY)
def test_it_is_a_probability(yes: float) -> None:
    assert 0 < answer_probability(yes, MEASURED) < 1


@given(PROBABILITY, PROBABILITY)
def test_a_surer_yes_is_never_less_probable(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert answer_probability(low, MEASURED) <= answer_probability(high, MEASURED)


def test_a_clear_yes_is_more_likely_right_than_wrong_and_a_clear_no_less() -> None:
    assert answer_probability(0.2, MEASURED) < 0.5 < answer_probability(0.8, MEASURED)


@given(PROBABILITY)
def test_uncalibrated_the_probability_is_the_share_itself(yes: float) -> None:
    raw = Calibration(yes_slope=1, yes_bias=0)
    assert abs(answer_probability(yes, raw) - yes) <= 1e-4


@given(PROBABILITY)
def test_that_nothing_written_holds_makes_it_less_probable(yes: float) -> None:
    ungrounded = answer_probability(yes, MEASURED, ungrounded=True)
    assert ungrounded < answer_probability(yes, MEASURED)


PROBE = Probe((2.0, -1.0), bias=0.5)


def state(*values: float) -> KvVectors:
    return np.array(values, np.float32)


def test_a_probe_weighs_the_state() -> None:
    assert apply_probe(PROBE, state(0.25, 1.0)) == pytest.approx(0.5)
    assert apply_probe(PROBE, state(1.0, 0.0)) > 0.9
    assert apply_probe(PROBE, state(0.0, 3.0)) < 0.1


@given(st.floats(-(2.0**100), 2.0**100))
def test_however_far_off_a_state_is_it_tells_a_share(far: float) -> None:
    assert 0 <= apply_probe(PROBE, state(far, 0.0)) <= 1


@pytest.mark.parametrize("other", [None, state(1.0), state(1.0, 2.0, 3.0)])
def test_a_probe_of_another_model_is_told(other: KvVectors | None) -> None:
    with pytest.raises(ModelError, match="assistant eval calibrate"):
        apply_probe(PROBE, other)
