"""What tells a model's verdicts apart is fitted on questions whose verdict is known."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_up_runs import QUICK

from assistant.answering.question.verdict import VerdictScores, choose_verdict
from assistant.errors import InputError
from assistant.evaluation import Question, load_questions
from assistant.evaluation.calibration.verdicts import VerdictReply, calibrate_verdicts, fit_verdicts
from assistant.evaluation.verdict_runs import with_abstracts
from assistant.library import Library
from assistant.models import Calibration
from assistant.papers import Paper

TRUTH = ("true", "false")
YES_NO = ("yes", "no", "maybe")


def replies(
    count: int, leaning: float, *, scale: Sequence[str] = TRUTH, name: str = "ours", seed: int = 3
) -> list[VerdictReply]:
    """Replies of a model that knows the verdict, and leans towards the first one.

    Its states tell nothing.
    """
    chance = np.random.default_rng(seed)
    found = []
    for i in range(count):
        right = i % 2
        affirms = leaning + (-2.0 if right else 2.0) + chance.normal(0, 1.2)
        share = 1 / (1 + np.exp(-affirms))
        shares = (float(share), float(1 - share), *[0.0] * (len(scale) - 2))
        text = f"{name} {i}?"
        found.append(
            VerdictReply(
                asked_of=name,
                id=str(i),
                library="",
                question=text,
                right=scale[right],
                paper=f"paper {i % 37}",
                scale=tuple(scale),
                shares=shares,
                state=tuple(chance.normal(0, 1, 6).tolist()),
            )
        )
    return found


def test_the_bias_takes_the_leaning_out() -> None:
    leaning = replies(400, 3.0)
    found = fit_verdicts(leaning, Calibration())
    # A little less than the leaning: more claims are taken to be true than false.
    assert 2.0 < found.calibration.truth_bias < 3.0
    assert found.accuracy == found.accuracy_by_words > 0.9
    assert found.calibration.truth_probe is None
    assert np.mean(told_rightly(leaning, found.calibration)) == pytest.approx(found.accuracy)


def told_rightly(replies: Sequence[VerdictReply], calibration: Calibration) -> list[bool]:
    """Whether each gets the right verdict."""
    return [
        choose_verdict(VerdictScores(one.scale, one.shares, np.array(one.state)), calibration)
        == one.right
        for one in replies
    ]


def knowing(replies: Sequence[VerdictReply]) -> list[VerdictReply]:
    """The same replies of a model whose state tells the verdict more surely than its words."""
    chance = np.random.default_rng(5)
    return [
        replace(
            one,
            state=(7.0, (3.0 if one.is_affirmed else 1.0) + chance.normal(0, 0.2), *one.state),
        )
        for one in replies
    ]


def test_a_state_that_tells_what_the_words_do_not_counts_beside_them() -> None:
    told = knowing(replies(400, 3.0))
    found = fit_verdicts(told, Calibration())
    probe = found.calibration.truth_probe
    assert probe is not None
    assert np.argmax(np.abs(probe.weights)) == 1
    assert found.accuracy > 0.98 > found.accuracy_by_words
    unseen = knowing(replies(400, 3.0, seed=9))
    assert np.mean(told_rightly(unseen, found.calibration)) > 0.98
    assert found.calibration.verdict_probe is None


def test_words_that_tell_next_to_nothing_count_for_little_beside_the_state() -> None:
    def vague(told: Sequence[VerdictReply], seed: int) -> list[VerdictReply]:
        chance = np.random.default_rng(seed)
        shares = [chance.uniform(0.001, 0.9) + (0.09 if one.is_affirmed else 0) for one in told]
        return [
            replace(one, shares=(share, 1 - share)) for one, share in zip(told, shares, strict=True)
        ]

    found = fit_verdicts(vague(knowing(replies(400, 0.0)), 1), Calibration())
    unseen = vague(knowing(replies(400, 0.0, seed=9)), 2)
    assert np.mean(told_rightly(unseen, found.calibration)) > 0.85
    assert found.accuracy_by_words < 0.6


def test_states_that_cannot_be_read_leave_it_to_the_words() -> None:
    unread = [replace(one, state=()) for one in knowing(replies(400, 3.0))]
    assert fit_verdicts(unread, Calibration()).calibration.truth_probe is None


def test_each_scale_has_a_bias_of_its_own_and_the_rest_is_kept() -> None:
    before = Calibration(yes_slope=2.0, verdict_bias=0.5, truth_bias=0.7)
    only_truth = fit_verdicts(replies(200, 1.0), before).calibration
    assert only_truth == replace(before, truth_bias=only_truth.truth_bias)
    both = fit_verdicts(replies(200, 1.0) + replies(200, 4.0, scale=YES_NO), before).calibration
    assert both.truth_bias == only_truth.truth_bias
    assert both.verdict_bias > both.truth_bias + 2


def test_a_set_counts_as_much_as_a_larger_one() -> None:
    small, large = replies(40, 0.0, name="small"), replies(800, 2.0, name="large")
    alone = fit_verdicts(large, Calibration()).calibration.truth_bias
    together = fit_verdicts(small + large, Calibration()).calibration.truth_bias
    assert together == pytest.approx(alone - 1, abs=0.4)


def test_how_many_claims_of_a_set_are_true_does_not_move_the_bias() -> None:
    leaning = replies(800, 2.0)
    mostly_true = [one for i, one in enumerate(leaning) if one.right == "true" or i % 8 == 1]
    alike = [
        fit_verdicts(some, Calibration()).calibration.truth_bias for some in (leaning, mostly_true)
    ]
    assert alike[0] == pytest.approx(alike[1], abs=0.3)


def test_a_scale_with_too_few_replies_keeps_its_bias() -> None:
    before = Calibration(verdict_bias=0.5)
    found = fit_verdicts(replies(200, 1.0) + replies(10, 4.0, scale=YES_NO), before)
    assert found.calibration.verdict_bias == 0.5
    assert found.calibration.truth_bias > 0
    assert found.n == 200


def test_too_few_replies_of_a_verdict_are_told() -> None:
    true_only = [one for one in replies(60, 0.0) if one.right == "true"]
    with pytest.raises(InputError, match=r"got a reply: true 30\. At least 15"):
        fit_verdicts(true_only, Calibration())
    maybe = [replace(one, right="maybe") for one in replies(60, 0.0, scale=YES_NO)]
    with pytest.raises(InputError, match="got a reply: none"):
        fit_verdicts(maybe, Calibration())


def test_replies_that_say_the_opposite_are_told() -> None:
    other = {"true": "false", "false": "true"}
    wrong = [replace(one, right=other[one.right]) for one in replies(60, 0.0)]
    with pytest.raises(InputError, match="do not tell true from false"):
        fit_verdicts(wrong, Calibration())


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
        assert line["paper"] == "Teaching Parrots to Count"
        assert any(line["state"])


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


def test_claims_about_the_abstracts_of_other_questions_get_them(claims: list[Question]) -> None:
    parrots = Paper(title="Teaching parrots to count.", abstract="Six parrots count walnuts.")
    assert [one.abstract for one in with_abstracts(claims[:3], [parrots])] == [parrots] * 3
    with pytest.raises(InputError, match="No abstract of 'On Owls'"):
        with_abstracts(claims, [parrots])
