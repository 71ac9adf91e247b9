"""How many questions a difference needs, checked against simulated comparisons."""

import numpy as np
import pytest
from run_factories import make_prediction, make_question, make_run
from scipy import stats

from assistant.errors import InputError
from assistant.evaluation import Run
from assistant.evaluation.comparison.power import (
    detectable_difference,
    questions_needed,
    variation_between,
    variation_of,
)


def _run(right: list[bool], kind: str = "name", **timings: float) -> Run:
    return make_run(
        *(
            (
                make_question(kind, id=f"q{i}", answers=("right",)),
                make_prediction("right" if one else "other", id=f"q{i}", **timings),
            )
            for i, one in enumerate(right)
        )
    )


def test_that_many_questions_find_the_difference_four_times_in_five() -> None:
    # Of 20 questions, 4 are answered worse and 6 better: a difference of 0.1.
    before = _run([True] * 4 + [False] * 6 + [True] * 10)
    after = _run([False] * 4 + [True] * 6 + [True] * 10)
    variation = variation_between(before, after)
    assert variation.observed == pytest.approx(0.1)
    n = questions_needed(variation, 0.1)
    chance = np.random.default_rng(5)
    differences = chance.choice([-1.0, 1.0, 0.0], p=[0.2, 0.3, 0.5], size=(2000, n))
    p = stats.ttest_1samp(differences, 0, axis=1).pvalue
    assert np.mean(p < 0.05) == pytest.approx(0.8, abs=0.04)


def test_half_the_difference_needs_about_four_times_the_questions() -> None:
    variation = variation_of(_run([True, False] * 20))
    ratio = questions_needed(variation, 0.02) / questions_needed(variation, 0.04)
    assert ratio == pytest.approx(4, rel=0.05)


def test_runs_without_a_difference_still_need_that_many_changed_questions() -> None:
    run = _run([True, False] * 20)
    # A twentieth of the questions must change: 0.05 - 0.05 ** 2 is their least variance.
    expected = 0.0475 * ((1.96 + 0.842) / 0.05) ** 2
    assert questions_needed(variation_between(run, run), 0.05) == pytest.approx(expected, rel=0.02)


def test_detectable_difference_is_the_one_that_needs_these_questions() -> None:
    variation = variation_of(_run([True, False, False] * 20))
    found = detectable_difference(variation, 60)
    assert questions_needed(variation, found + 0.001) <= 60
    assert questions_needed(variation, found - 0.001) > 60


def test_kinds_that_differ_in_score_do_not_add_to_the_variance() -> None:
    names, numbers = _run([True] * 9 + [False]), _run([False] * 9 + [True], "number")
    both = make_run(
        *names.results,
        *(
            (make_question("number", id=f"n{i}", answers=("right",)), one)
            for i, (_, one) in enumerate(numbers.results)
        ),
    )
    assert variation_of(both).variance == pytest.approx(variation_of(names).variance)
    assert variation_of(both).groups == 2


def test_seconds_can_be_compared_too() -> None:
    before = make_run(*_run([True] * 5, total_s=1.0).results, *())
    slower = [
        (question, make_prediction(id=question.id, total_s=2.0 + i / 10))
        for i, (question, _) in enumerate(before.results)
    ]
    assert questions_needed(variation_between(before, make_run(*slower), "total_s"), 1.0) < 5


@pytest.mark.parametrize(("metric", "expected"), [("beauty", "beauty"), ("set_f1", "Too few")])
def test_metric_without_values_is_rejected(metric: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        variation_of(_run([True, False]), metric)
