"""What a model's replies tell, fitted on questions with known answers and others without."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_up_runs import QUICK

from assistant.answering.answerability import answer_probability
from assistant.errors import InputError, ModelError
from assistant.evaluation import Question, load_questions
from assistant.evaluation.calibration.answerability import calibrate, fit
from assistant.evaluation.calibration.examples import Example
from assistant.library import Library
from assistant.models import (
    Calibration,
    Probe,
    calibration_of,
    load_calibration,
    load_registry,
    store_calibration,
)
from assistant.package_data import packaged_data
from assistant.settings import Settings

TRUE = Calibration(yes_slope=2.0, yes_bias=-1.0, verdict_bias=0.7, probe=Probe((0.5, -1.0), 2.0))


def examples(
    count: int, *, tells: bool = True, unanswerable: float = 0.4, seed: int = 3
) -> list[Example]:
    """States about made-up papers, of which one direction of the states tells, or nothing does."""
    chance = np.random.default_rng(seed)
    found = []
    for i in range(count):
        answers = bool(chance.random() > unanswerable)
        state = chance.normal(10, 3, size=40)
        if tells:
            state[5:9] += 2.0 if answers else -2.0
        found.append(
            Example(f"q{i}", "library", f"paper {i % 37}", i % 3 == 0, answers, (*state.tolist(),))
        )
    return found


def test_a_probe_finds_the_direction_that_tells() -> None:
    found = fit(examples(1500), TRUE)
    assert found.auc > 0.95
    assert found.log_loss < 0.5 * found.log_loss_constant
    probe = found.calibration.probe
    assert probe is not None
    heaviest = np.argsort(-np.abs(probe.weights))[:4]
    assert set(heaviest.tolist()) == {5, 6, 7, 8}


def test_its_log_odds_mean_what_they_say() -> None:
    calibration = fit(examples(1500), TRUE).calibration
    assert calibration.probe is not None
    unseen = [one for one in examples(1500, seed=4) if not one.beside]
    weights, bias = np.array(calibration.probe.weights), calibration.probe.bias
    shares = [1 / (1 + np.exp(-(np.array(one.state) @ weights + bias))) for one in unseen]
    probable = [answer_probability(share, calibration) for share in shares]
    middling = [one.answers for one, p in zip(unseen, probable, strict=True) if 0.3 < p < 0.7]
    assert np.mean(probable) == pytest.approx(np.mean([one.answers for one in unseen]), abs=0.05)
    assert np.mean(middling) == pytest.approx(0.5, abs=0.2)


def test_replies_that_say_nothing_are_worth_nothing() -> None:
    found = fit(examples(1500, tells=False), TRUE)
    assert found.auc == pytest.approx(0.5, abs=0.08)
    assert found.log_loss == pytest.approx(found.log_loss_constant, abs=0.02)


def test_what_is_not_fitted_is_kept() -> None:
    found = fit(examples(200), TRUE).calibration
    assert found.verdict_bias == TRUE.verdict_bias
    assert found.ungrounded_bias == TRUE.ungrounded_bias


def test_too_few_questions_of_a_kind_are_told() -> None:
    with pytest.raises(InputError, match=r"answers 40 of 40 questions: at least 15"):
        fit(examples(60, unanswerable=0.0), TRUE)


def test_too_few_papers_are_told() -> None:
    about_one = [replace(one, paper="the only one") for one in examples(100)]
    with pytest.raises(InputError, match="each about 5 papers or more"):
        fit(about_one, TRUE)


@pytest.fixture
def questions(questions_file: Path) -> list[Question]:
    return list(load_questions(questions_file))


def test_replies_are_kept_and_not_asked_for_again(
    small_library: Library, questions: list[Question], models_cache: None, tmp_path: Path
) -> None:
    out = tmp_path / "replies.jsonl"
    for _ in range(2):
        with pytest.raises(InputError, match="at least 15"):
            calibrate(small_library.folder, questions, QUICK, out=out)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    replies = [(line["question"], line["beside"]) for line in lines]
    assert len(replies) == len(set(replies)) > len(questions)
    # Without the papers that answer them, no question is answered.
    assert not any(line["answers"] for line in lines if line["beside"])
    assert any(line["answers"] for line in lines)
    assert len({len(line["state"]) for line in lines}) == 1


def test_replies_of_another_model_are_not_mixed_in(
    small_library: Library, questions: list[Question], models_cache: None, tmp_path: Path
) -> None:
    out = tmp_path / "replies.jsonl"
    out.write_text('{"made_by": "another model"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="another model, to other prompts"):
        calibrate(small_library.folder, questions, QUICK, out=out)


@pytest.mark.parametrize("text", ["not JSON\n", "a diary without an end", "3\n", "\xff\n"])
def test_a_file_of_another_kind_is_left_as_it_is(
    small_library: Library,
    questions: list[Question],
    models_cache: None,
    tmp_path: Path,
    text: str,
) -> None:
    out = tmp_path / "diary.txt"
    out.write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match="something else than replies"):
        calibrate(small_library.folder, questions, QUICK, out=out)
    assert out.read_text(encoding="latin-1") == text


def test_a_reply_that_a_cut_tore_is_asked_for_again(
    small_library: Library, questions: list[Question], models_cache: None, tmp_path: Path
) -> None:
    out = tmp_path / "replies.jsonl"
    with pytest.raises(InputError, match="at least 15"):
        calibrate(small_library.folder, questions, QUICK, out=out)
    whole = out.read_text(encoding="utf-8")
    out.write_text(whole[:-50], encoding="utf-8")
    with pytest.raises(InputError, match="at least 15"):
        calibrate(small_library.folder, questions, QUICK, out=out)
    assert len(out.read_text(encoding="utf-8").splitlines()) == len(whole.splitlines())


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


def test_ungrounded_bias_keeps_its_name_on_disk(tmp_path: Path) -> None:
    path = store_calibration("model", Calibration(ungrounded_bias=-3.5), tmp_path / "a.json")
    assert json.loads(path.read_text(encoding="utf-8"))["hollow_bias"] == -3.5
    assert load_calibration(path) == Calibration(ungrounded_bias=-3.5)
    assert Calibration(ungrounded_bias=-3.5).summary()["hollow_bias"] == -3.5


def test_the_default_model_has_a_measured_calibration() -> None:
    shipped = {file.stem for file in packaged_data("models", "calibration").glob("*.json")}
    assert Settings().model in shipped <= set(load_registry())
    assert calibration_of(Settings().model).probe is not None


def test_a_manifest_names_the_probe_by_a_digest() -> None:
    summary = TRUE.summary()
    assert summary["yes_slope"] == 2.0
    assert summary["probe"] != replace(TRUE, probe=None).summary()["probe"]
    assert all(isinstance(value, str | float) for value in summary.values())
