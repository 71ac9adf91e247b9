"""Calibrating verdicts: the fitted biases and probes, and the stored examples."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from run_factories import QUICK

from assistant.answering.question.verdict import VerdictScores, choose_verdict
from assistant.errors import InputError
from assistant.evaluation import Question, load_questions
from assistant.evaluation.calibration.verdict_examples import VerdictExample
from assistant.evaluation.calibration.verdicts import calibrate_verdicts, fit_verdicts
from assistant.evaluation.verdict_runs import with_abstracts
from assistant.library import Library
from assistant.models import Calibration
from assistant.papers import Paper

TRUTH = ("true", "false")
YES_NO = ("yes", "no", "maybe")


def make_examples(
    count: int, leaning: float, *, scale: Sequence[str] = TRUTH, name: str = "ours", seed: int = 3
) -> list[VerdictExample]:
    """Informative replies that lean towards the first verdict, and uninformative states."""
    rng = np.random.default_rng(seed)
    examples = []
    for i in range(count):
        label = i % 2
        log_odds = leaning + (-2.0 if label else 2.0) + rng.normal(0, 1.2)
        probability = 1 / (1 + np.exp(-log_odds))
        examples.append(
            VerdictExample(
                question_set=name,
                id=str(i),
                library="",
                question=f"{name} {i}?",
                label=scale[label],
                paper=f"paper {i % 37}",
                scale=tuple(scale),
                probabilities=(
                    float(probability),
                    float(1 - probability),
                    *[0.0] * (len(scale) - 2),
                ),
                state=tuple(rng.normal(0, 1, 6).tolist()),
            )
        )
    return examples


def test_fitted_bias_removes_the_models_leaning() -> None:
    leaning = make_examples(400, 3.0)
    found = fit_verdicts(leaning, Calibration())
    # A little less than the leaning, since most claims are assumed to be true.
    assert 2.0 < found.calibration.truth_bias < 3.0
    assert found.accuracy == found.accuracy_of_replies > 0.9
    assert found.calibration.truth_probe is None
    assert accuracy(leaning, found.calibration) == pytest.approx(found.accuracy)


def accuracy(examples: Sequence[VerdictExample], calibration: Calibration) -> float:
    """The share of examples that get the correct verdict with a calibration."""
    correct = [
        choose_verdict(
            VerdictScores(one.scale, one.probabilities, np.array(one.state)), calibration
        )
        == one.label
        for one in examples
    ]
    return float(np.mean(correct))


def with_informative_state(examples: Sequence[VerdictExample]) -> list[VerdictExample]:
    """The same examples, whose state predicts the verdict better than the reply."""
    rng = np.random.default_rng(5)
    return [
        replace(
            one,
            state=(7.0, (3.0 if one.is_affirmative else 1.0) + rng.normal(0, 0.2), *one.state),
        )
        for one in examples
    ]


def test_informative_state_is_added_to_the_reply() -> None:
    found = fit_verdicts(with_informative_state(make_examples(400, 3.0)), Calibration())
    probe = found.calibration.truth_probe
    assert probe is not None
    assert np.argmax(np.abs(probe.weights)) == 1
    assert found.accuracy > 0.98 > found.accuracy_of_replies
    unseen = with_informative_state(make_examples(400, 3.0, seed=9))
    assert accuracy(unseen, found.calibration) > 0.98
    assert found.calibration.verdict_probe is None


def test_weak_reply_counts_little_next_to_the_state() -> None:
    def with_weak_reply(examples: Sequence[VerdictExample], seed: int) -> list[VerdictExample]:
        rng = np.random.default_rng(seed)
        affirmed = [
            rng.uniform(0.001, 0.9) + (0.09 if one.is_affirmative else 0) for one in examples
        ]
        return [
            replace(one, probabilities=(probability, 1 - probability))
            for one, probability in zip(examples, affirmed, strict=True)
        ]

    examples = with_weak_reply(with_informative_state(make_examples(400, 0.0)), 1)
    found = fit_verdicts(examples, Calibration())
    unseen = with_weak_reply(with_informative_state(make_examples(400, 0.0, seed=9)), 2)
    assert accuracy(unseen, found.calibration) > 0.85
    assert found.accuracy_of_replies < 0.6


def test_without_states_only_the_reply_counts() -> None:
    examples = [replace(one, state=()) for one in with_informative_state(make_examples(400, 3.0))]
    assert fit_verdicts(examples, Calibration()).calibration.truth_probe is None


def test_each_scale_is_fitted_separately_and_other_values_are_kept() -> None:
    before = Calibration(yes_slope=2.0, verdict_bias=0.5, truth_bias=0.7)
    only_truth = fit_verdicts(make_examples(200, 1.0), before).calibration
    assert only_truth == replace(before, truth_bias=only_truth.truth_bias)
    both = fit_verdicts(
        make_examples(200, 1.0) + make_examples(200, 4.0, scale=YES_NO), before
    ).calibration
    assert both.truth_bias == only_truth.truth_bias
    assert both.verdict_bias > both.truth_bias + 2


def test_question_sets_have_equal_weight_regardless_of_size() -> None:
    small, large = make_examples(40, 0.0, name="small"), make_examples(800, 2.0, name="large")
    alone = fit_verdicts(large, Calibration()).calibration.truth_bias
    together = fit_verdicts(small + large, Calibration()).calibration.truth_bias
    assert together == pytest.approx(alone - 1, abs=0.4)


def test_share_of_true_claims_does_not_move_the_bias() -> None:
    leaning = make_examples(800, 2.0)
    mostly_true = [one for i, one in enumerate(leaning) if one.label == "true" or i % 8 == 1]
    alike = [
        fit_verdicts(some, Calibration()).calibration.truth_bias for some in (leaning, mostly_true)
    ]
    assert alike[0] == pytest.approx(alike[1], abs=0.3)


def test_scale_with_too_few_examples_keeps_its_bias() -> None:
    before = Calibration(verdict_bias=0.5)
    found = fit_verdicts(make_examples(200, 1.0) + make_examples(10, 4.0, scale=YES_NO), before)
    assert found.calibration.verdict_bias == 0.5
    assert found.calibration.truth_bias > 0
    assert found.n == 200


def test_too_few_examples_of_a_verdict_are_rejected() -> None:
    true_only = [one for one in make_examples(60, 0.0) if one.label == "true"]
    with pytest.raises(InputError, match=r"got a reply: true 30\. At least 15"):
        fit_verdicts(true_only, Calibration())
    maybe = [replace(one, label="maybe") for one in make_examples(60, 0.0, scale=YES_NO)]
    with pytest.raises(InputError, match="got a reply: none"):
        fit_verdicts(maybe, Calibration())


def test_replies_that_contradict_the_labels_are_rejected() -> None:
    other = {"true": "false", "false": "true"}
    wrong = [replace(one, label=other[one.label]) for one in make_examples(60, 0.0)]
    with pytest.raises(InputError, match="do not separate true from false"):
        fit_verdicts(wrong, Calibration())


@pytest.fixture
def claims(tmp_path: Path) -> list[Question]:
    """Claims about a paper of the library, and one about a paper that retrieval cannot find."""
    paper = "Teaching Parrots to Count"
    texts = ["Parrots count walnuts.", "Parrots cannot count.", "Parrots learn to count to eight."]
    records = [
        {"id": str(i), "kind": "verdict", "claim": claim, "papers": [paper], "answer": "true"}
        for i, claim in enumerate(texts)
    ]
    records.append({**records[0], "id": "other", "papers": ["On Owls"], "claim": "Parrots count."})
    file = tmp_path / "claims.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return list(load_questions(file))


def test_verdict_examples_are_stored_except_those_on_another_paper(
    small_library: Library, claims: list[Question], models_cache: None, tmp_path: Path
) -> None:
    out = tmp_path / "replies.jsonl"
    for _ in range(2):
        with pytest.raises(InputError, match=r"got a reply: true 3\."):
            calibrate_verdicts(small_library.folder, claims, QUICK, name="claims", out=out)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["question"] for line in lines] == [claim.text for claim in claims[:3]]
    for line in lines:
        assert line["scale"] == ["true", "false"]
        assert sum(line["shares"]) == pytest.approx(1)
        assert line["paper"] == "Teaching Parrots to Count"
        assert any(line["state"])


def test_claim_with_abstract_is_asked_of_a_temporary_library(
    small_library: Library, models_cache: None, tmp_path: Path
) -> None:
    claim = {"claim": "Owls sleep.", "title": "On Owls", "abstract": "Owls sleep by day."}
    file = tmp_path / "owls.jsonl"
    file.write_text(json.dumps({"id": "1", "answer": "true", **claim}) + "\n", encoding="utf-8")
    out = tmp_path / "replies.jsonl"
    papers = small_library.catalogue.count()
    with pytest.raises(InputError, match="got a reply: true 1"):
        calibrate_verdicts(small_library.folder, load_questions(file), QUICK, name="owls", out=out)
    assert json.loads(out.read_text(encoding="utf-8"))["asked_of"] == "owls"
    assert small_library.catalogue.count() == papers


def test_with_abstracts_fills_in_abstracts_by_title(claims: list[Question]) -> None:
    parrots = Paper(title="Teaching parrots to count.", abstract="Six parrots count walnuts.")
    assert [one.abstract for one in with_abstracts(claims[:3], [parrots])] == [parrots] * 3
    with pytest.raises(InputError, match="is about 'On Owls', whose abstract is not"):
        with_abstracts(claims, [parrots])
