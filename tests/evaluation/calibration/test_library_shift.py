"""Fitting how far P(answerable) is shifted for the questions about a library."""

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.evaluation.calibration.examples import AnswerabilityExample
from assistant.evaluation.calibration.library_shift import fit_library, fit_shift
from assistant.models import Calibration, Probe

# The state of an example is its log-odds.
CALIBRATION = Calibration(yes_slope=1.0, yes_bias=0.0, probe=Probe((1.0,), 0.0))


def make_examples(count: int, shift: float, seed: int = 5) -> list[AnswerabilityExample]:
    """Four of five are answered; the model's log-odds are too high by ``shift``."""
    rng = np.random.default_rng(seed)
    examples = []
    for i in range(count):
        true_log_odds = rng.normal(2.25, 2.0)
        answered = bool(rng.random() < 1 / (1 + np.exp(-true_log_odds)))
        examples.append(
            AnswerabilityExample(
                question=f"q{i}",
                library="library",
                paper=f"paper {i % 23}",
                papers_removed=False,
                answered=answered,
                state=(true_log_odds + shift,),
            )
        )
    return examples


def test_many_questions_determine_the_shift() -> None:
    fitted = fit_library(make_examples(3000, shift=1.0), CALIBRATION, 0.6).fitted
    assert fitted.shift == pytest.approx(-1.0, abs=0.3)
    assert fitted.questions == 3000


def test_few_questions_shift_less_than_many() -> None:
    shifts = [
        abs(fit_library(make_examples(count, shift=1.5), CALIBRATION, 0.6).fitted.shift)
        for count in (30, 300, 3000)
    ]
    assert shifts == sorted(shifts)
    assert shifts[0] < 0.8 * shifts[2]


def test_library_like_those_of_the_calibration_is_hardly_shifted() -> None:
    assert abs(fit_library(make_examples(400, shift=0.0), CALIBRATION, 0.6).fitted.shift) < 0.4


def test_shifted_decisions_abstain_on_more_of_the_unanswered_held_out_questions() -> None:
    fit = fit_library(make_examples(600, shift=1.5), CALIBRATION, 0.6)
    before, after = fit.before.abstention_recall.value, fit.after.abstention_recall.value
    assert before is not None
    assert after is not None
    assert after > before


def test_one_label_alone_shifts_nothing() -> None:
    assert fit_shift(np.array([1.0, 2.0]), np.array([True, True])) == 0.0


def test_too_few_questions_are_refused_with_what_to_do() -> None:
    answered = [one for one in make_examples(50, shift=0.0) if one.answered]
    with pytest.raises(InputError, match="eval generate"):
        fit_library(answered, CALIBRATION, 0.6)
    with pytest.raises(InputError, match="eval generate"):
        fit_library(make_examples(4, shift=0.0), CALIBRATION, 0.6)
