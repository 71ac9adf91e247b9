"""What a model's yes is worth, fitted on answers that are known to be right or wrong."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_runs import answered, asked, run_of

from assistant.answering.decide import answer_probability
from assistant.errors import InputError, ModelError
from assistant.evaluation.calibrate import fit
from assistant.evaluation.run import Run
from assistant.models import Calibration, calibration_of, load_registry, store_calibration
from assistant.resources import data_path
from assistant.settings import Settings

TRUE = Calibration(yes_slope=2.0, yes_bias=-1.0, verdict_bias=0.7)


def run_with(shares: Sequence[float], right: Sequence[bool]) -> Run:
    """A run whose answers are right or wrong as told, with the model's shares of yes."""
    return run_of(
        *(
            (
                asked(id=f"q{i}", answers=("eight",)),
                answered("It is eight." if good else "It is nine.", id=f"q{i}", confidence=share),
            )
            for i, (share, good) in enumerate(zip(shares, right, strict=True))
        )
    )


def test_the_truth_behind_the_answers_is_found_again() -> None:
    chance = random.Random(3)
    shares = [chance.uniform(0.05, 0.95) for _ in range(2000)]
    right = [chance.random() < answer_probability(share, TRUE) for share in shares]
    found = fit(run_with(shares, right), replace(TRUE, yes_slope=0.1, yes_bias=3.0))
    assert found.calibration.yes_slope == pytest.approx(2.0, abs=0.3)
    assert found.calibration.yes_bias == pytest.approx(-1.0, abs=0.2)
    assert found.calibration.verdict_bias == 0.7
    assert found.log_loss < found.log_loss_constant < found.log_loss_before


def test_a_yes_that_says_nothing_is_worth_nothing() -> None:
    chance = random.Random(4)
    shares = [chance.uniform(0.05, 0.95) for _ in range(2000)]
    right = [chance.random() < 0.7 for _ in shares]
    found = fit(run_with(shares, right), TRUE)
    assert found.calibration.yes_slope == pytest.approx(0, abs=0.15)
    assert found.log_loss == pytest.approx(found.log_loss_constant, abs=0.01)


def test_too_few_wrong_answers_are_told() -> None:
    with pytest.raises(InputError, match=r"50 of 55 answers were right: at least 15 right and 15"):
        fit(run_with([0.5] * 55, [True] * 50 + [False] * 5), TRUE)


def test_a_stored_calibration_is_the_models_own_from_then_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small_model: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path))
    model = str(small_model)
    assert calibration_of(model) == Calibration()
    path = store_calibration(model, TRUE)
    assert calibration_of(model) == TRUE
    path.write_text("{")
    with pytest.raises(ModelError, match=r"cannot be read.*assistant eval calibrate"):
        calibration_of(model)


def test_the_default_model_has_a_measured_calibration() -> None:
    shipped = tomllib.loads(data_path("models", "calibration.toml").read_text(encoding="utf-8"))
    assert Settings().model in shipped
    assert set(shipped) <= set(load_registry())
