"""How much a model leans towards yes and true is fitted on questions whose verdict is known."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_up_runs import QUICK

from assistant.answering.verdict import choose_verdict
from assistant.errors import InputError
from assistant.evaluation import Question, load_questions
from assistant.evaluation.verdict_bias import VerdictReply, calibrate_verdicts, fit_biases
from assistant.library import Library
from assistant.models import Calibration

TRUTH = ("true", "false")
YES_NO = ("yes", "no", "maybe")


def replies(
    count: int, leaning: float, *, scale: Sequence[str] = TRUTH, name: str = "ours", seed: int = 3
) -> list[VerdictReply]:
    """Replies of a model that knows the verdict, and leans towards the first one."""
    chance = np.random.default_rng(seed)
    found = []
    for i in range(count):
        right = i % 2
        affirms = leaning + (-2.0 if right else 2.0) + chance.normal(0, 1.2)
        share = 1 / (1 + np.exp(-affirms))
        shares = (float(share), float(1 - share), *[0.0] * (len(scale) - 2))
        text = f"{name} {i}?"
        found.append(VerdictReply(name, str(i), "", text, scale[right], tuple(scale), shares))
    return found


def test_the_bias_takes_the_leaning_out() -> None:
    leaning = replies(400, 3.0)
    found = fit_biases(leaning, Calibration())
    # A little less than the leaning: more claims are taken to be true than false.
    assert 2.0 < found.calibration.truth_bias < 3.0
    assert found.accuracy > 0.9 > found.accuracy_before
    told = [choose_verdict(TRUTH, one.shares, found.calibration) == one.right for one in leaning]
    assert np.mean(told) == pytest.approx(found.accuracy)


def test_each_scale_has_a_bias_of_its_own_and_the_rest_is_kept() -> None:
    before = Calibration(yes_slope=2.0, verdict_bias=0.5, truth_bias=0.7)
    only_truth = fit_biases(replies(200, 1.0), before).calibration
    assert only_truth == replace(before, truth_bias=only_truth.truth_bias)
    both = fit_biases(replies(200, 1.0) + replies(200, 4.0, scale=YES_NO), before).calibration
    assert both.truth_bias == only_truth.truth_bias
    assert both.verdict_bias > both.truth_bias + 2


def test_a_set_counts_as_much_as_a_larger_one() -> None:
    small, large = replies(40, 0.0, name="small"), replies(800, 2.0, name="large")
    alone = fit_biases(large, Calibration()).calibration.truth_bias
    together = fit_biases(small + large, Calibration()).calibration.truth_bias
    assert together == pytest.approx(alone - 1, abs=0.4)


def test_how_many_claims_of_a_set_are_true_does_not_move_the_bias() -> None:
    leaning = replies(800, 2.0)
    mostly_true = [one for i, one in enumerate(leaning) if one.right == "true" or i % 8 == 1]
    alike = [
        fit_biases(some, Calibration()).calibration.truth_bias for some in (leaning, mostly_true)
    ]
    assert alike[0] == pytest.approx(alike[1], abs=0.3)


def test_a_scale_with_too_few_replies_keeps_its_bias() -> None:
    before = Calibration(verdict_bias=0.5)
    found = fit_biases(replies(200, 1.0) + replies(10, 4.0, scale=YES_NO), before)
    assert found.calibration.verdict_bias == 0.5
    assert found.calibration.truth_bias > 0
    assert found.n == 200


def test_too_few_replies_of_a_verdict_are_told() -> None:
    true_only = [one for one in replies(60, 0.0) if one.right == "true"]
    with pytest.raises(InputError, match=r"got a reply: true 30\. At least 15"):
        fit_biases(true_only, Calibration())
    maybe = [replace(one, right="maybe") for one in replies(60, 0.0, scale=YES_NO)]
    with pytest.raises(InputError, match="got a reply: none"):
        fit_biases(maybe, Calibration())


def test_replies_that_say_the_opposite_are_told() -> None:
    other = {"true": "false", "false": "true"}
    wrong = [replace(one, right=other[one.right]) for one in replies(60, 0.0)]
    with pytest.raises(InputError, match="do not tell true from false"):
        fit_biases(wrong, Calibration())


@pytest.fixture
def claims(tmp_path: Path) -> list[Question]:
    """Claims about a made-up paper, and one about another that nobody will find."""
    paper = "Teaching Parrots to Count"
    said = ["Parrots count walnuts.", "Parrots cannot count.", "Parrots learn to count to eight."]
    records = [
        {"id": str(i), "kind": "verdict", "claim": claim, "papers": [paper], "answer": "true"}
        for i, claim in enumerate(said)
    ]
    records.append({**records[0], "id": "other", "papers": ["On Owls"], "claim": "Parrots count."})
    file = tmp_path / "claims.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return list(load_questions(file))


def test_replies_are_kept_but_for_those_on_another_paper(
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


def test_a_claim_that_brings_its_abstract_is_asked_of_that_alone(
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
