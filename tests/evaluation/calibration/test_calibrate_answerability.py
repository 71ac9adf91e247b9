"""Calibrating answerability: the probe and its probabilities, and the stored examples."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from run_factories import QUICK

from assistant.answering.answerability import answer_probability
from assistant.errors import InputError, ModelError
from assistant.evaluation import Question, load_questions
from assistant.evaluation.calibration.answerability import (
    calibrate_answerability,
    fit_answerability,
)
from assistant.evaluation.calibration.examples import AnswerabilityExample
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


def make_examples(
    count: int, *, informative: bool = True, unanswerable: float = 0.4, seed: int = 3
) -> list[AnswerabilityExample]:
    """Random states, of which dimensions 5 to 8 depend on the label if ``informative``."""
    rng = np.random.default_rng(seed)
    examples = []
    for i in range(count):
        answered = bool(rng.random() > unanswerable)
        state = rng.normal(10, 3, size=40)
        if informative:
            state[5:9] += 2.0 if answered else -2.0
        examples.append(
            AnswerabilityExample(
                question=f"q{i}",
                library="library",
                paper=f"paper {i % 37}",
                papers_removed=i % 3 == 0,
                answered=answered,
                state=(*state.tolist(),),
            )
        )
    return examples


def test_probe_finds_the_informative_dimensions() -> None:
    found = fit_answerability(make_examples(1500), TRUE)
    assert found.auc > 0.95
    assert found.log_loss < 0.5 * found.log_loss_constant
    probe = found.calibration.probe
    assert probe is not None
    heaviest = np.argsort(-np.abs(probe.weights))[:4]
    assert set(heaviest.tolist()) == {5, 6, 7, 8}


def test_fitted_probabilities_are_calibrated_on_unseen_examples() -> None:
    calibration = fit_answerability(make_examples(1500), TRUE).calibration
    assert calibration.probe is not None
    unseen = [one for one in make_examples(1500, seed=4) if not one.papers_removed]
    weights, bias = np.array(calibration.probe.weights), calibration.probe.bias
    scores = [1 / (1 + np.exp(-(np.array(one.state) @ weights + bias))) for one in unseen]
    probabilities = [answer_probability(score, calibration) for score in scores]
    labels = [one.answered for one in unseen]
    uncertain = [label for label, p in zip(labels, probabilities, strict=True) if 0.3 < p < 0.7]
    assert np.mean(probabilities) == pytest.approx(np.mean(labels), abs=0.05)
    assert np.mean(uncertain) == pytest.approx(0.5, abs=0.2)


def test_uninformative_states_give_chance_auc_and_constant_loss() -> None:
    found = fit_answerability(make_examples(1500, informative=False), TRUE)
    assert found.auc == pytest.approx(0.5, abs=0.08)
    assert found.log_loss == pytest.approx(found.log_loss_constant, abs=0.02)


def test_answerability_fit_keeps_other_calibration_values() -> None:
    found = fit_answerability(make_examples(200), TRUE).calibration
    assert found.verdict_bias == TRUE.verdict_bias
    assert found.ungrounded_bias == TRUE.ungrounded_bias


def test_too_few_examples_of_a_label_are_rejected() -> None:
    with pytest.raises(InputError, match=r"answers 40 of 40 questions: at least 15"):
        fit_answerability(make_examples(60, unanswerable=0.0), TRUE)


def test_too_few_papers_are_rejected() -> None:
    about_one = [replace(one, paper="the only one") for one in make_examples(100)]
    with pytest.raises(InputError, match="each about 5 papers or more"):
        fit_answerability(about_one, TRUE)


@pytest.fixture
def questions(questions_file: Path) -> list[Question]:
    return list(load_questions(questions_file))


def test_answerability_examples_are_stored_and_not_collected_again(
    small_library: Library, questions: list[Question], models_cache: None, tmp_path: Path
) -> None:
    out = tmp_path / "replies.jsonl"
    for _ in range(2):
        with pytest.raises(InputError, match="at least 15"):
            calibrate_answerability(small_library.folder, questions, QUICK, out=out)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    replies = [(line["question"], line["beside"]) for line in lines]
    assert len(replies) == len(set(replies)) > len(questions)
    # Without the papers that contain the answer, no question is answered.
    assert not any(line["answers"] for line in lines if line["beside"])
    assert any(line["answers"] for line in lines)
    assert len({len(line["state"]) for line in lines}) == 1


def test_examples_of_another_model_are_rejected(
    small_library: Library, questions: list[Question], models_cache: None, tmp_path: Path
) -> None:
    out = tmp_path / "replies.jsonl"
    out.write_text('{"made_by": "another model"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="another model, to other prompts"):
        calibrate_answerability(small_library.folder, questions, QUICK, out=out)


@pytest.mark.parametrize("text", ["not JSON\n", "a diary without an end", "3\n", "\xff\n"])
def test_other_file_is_rejected_and_left_unchanged(
    small_library: Library,
    questions: list[Question],
    models_cache: None,
    tmp_path: Path,
    text: str,
) -> None:
    out = tmp_path / "diary.txt"
    out.write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match="is not a file of replies"):
        calibrate_answerability(small_library.folder, questions, QUICK, out=out)
    assert out.read_text(encoding="latin-1") == text


def test_incomplete_last_example_is_collected_again(
    small_library: Library, questions: list[Question], models_cache: None, tmp_path: Path
) -> None:
    out = tmp_path / "replies.jsonl"
    with pytest.raises(InputError, match="at least 15"):
        calibrate_answerability(small_library.folder, questions, QUICK, out=out)
    whole = out.read_text(encoding="utf-8")
    out.write_text(whole[:-50], encoding="utf-8")
    with pytest.raises(InputError, match="at least 15"):
        calibrate_answerability(small_library.folder, questions, QUICK, out=out)
    assert len(out.read_text(encoding="utf-8").splitlines()) == len(whole.splitlines())


def test_stored_calibration_is_used_for_the_model(
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


def test_default_model_ships_with_a_calibration() -> None:
    shipped = {file.stem for file in packaged_data("models", "calibration").glob("*.json")}
    assert Settings().model in shipped <= set(load_registry())
    assert calibration_of(Settings().model).probe is not None


def test_calibration_summary_has_a_digest_of_the_probe() -> None:
    summary = TRUE.summary()
    assert summary["yes_slope"] == 2.0
    assert summary["probe"] != replace(TRUE, probe=None).summary()["probe"]
    assert all(isinstance(value, str | float) for value in summary.values())
