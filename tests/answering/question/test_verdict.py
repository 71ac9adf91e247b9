"""Questions for a verdict, and the choice of the verdict."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.answering.question.verdict import (
    VerdictScores,
    choose_verdict,
    implied_scale,
    strip_verdict,
    verdict_scale,
)
from assistant.errors import ModelError
from assistant.models import Calibration, Probe


@pytest.mark.parametrize(
    "question",
    [
        "True or false: parrots can count to eight.",
        "Is it true that trams keep people awake?",
    ],
)
def test_claim_has_the_scale_true_false(question: str) -> None:
    assert verdict_scale(question) == ("true", "false")


@pytest.mark.parametrize(
    "question",
    [
        "Does DoughNet run on a toaster?",
        "can parrots count beyond eight?",
        "Trams in old towns: are they quieter on rubber wheels?",
        "Birds learn by reward. Is a nut enough?",
        "Rubber wheels -- do they wear out?",
        "Rubber wheels: a lasting solution?",
        "Rubber wheels, are they quieter?",
        "Do keepers who read sleep less?",
        "Are the keepers 60 or older?",
    ],
)
def test_yes_no_question_has_the_scale_yes_no_maybe(question: str) -> None:
    assert verdict_scale(question) == ("yes", "no", "maybe")


@pytest.mark.parametrize(
    "question",
    [
        "How many parrots learn to count?",
        "Does the simulator predict the rise or the taste of bread?",
        "Which paper is about trams, and does it say where they run?",
        "What is DoughNet?",
        "Tell me about the lighthouse keepers.",
        "Can you tell me what IceTrack finds?",
        "Could you list the birds?",
        "Do parrots count, and how far?",
        "Of which towns, other than Graz, is the noise known?",
        "Why, in the keepers' view, do most read at night?",
        "Trams: rubber wheels and soft curves",
    ],
)
def test_other_questions_have_no_scale(question: str) -> None:
    assert verdict_scale(question) is None


def test_scale_is_implied_if_the_model_would_answer_yes_or_no() -> None:
    asked = "Rubber wheels: worth the money?"
    assert verdict_scale(asked) is None
    assert implied_scale(asked, lambda _: 0.4) == ("yes", "no", "maybe")
    assert implied_scale(asked, lambda _: 0.01) is None


def test_no_scale_is_implied_by_a_question_word() -> None:
    def begins_with(words: Sequence[str]) -> float:
        raise AssertionError("the model need not be asked")

    assert implied_scale("Rubber wheels: at what price?", begins_with) is None


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("Yes, parrots count to eight.", "Parrots count to eight."),
        ("No.", ""),
        ("Maybe. Yes: it is.", "It is."),
        ("Nobody knows.", "Nobody knows."),
        ("No parrot counts to nine.", "No parrot counts to nine."),
        ("True, it runs on a toaster.", "True, it runs on a toaster."),
    ],
)
def test_verdict_at_the_beginning_of_a_reason_is_stripped(sentence: str, rest: str) -> None:
    assert strip_verdict(sentence, ("yes", "no", "maybe")) == rest


def test_nothing_is_stripped_without_a_scale() -> None:
    assert strip_verdict("Yes, parrots count.", ()) == "Yes, parrots count."


def verdict(calibration: Calibration, *probabilities: float, state: Sequence[float] = ()) -> str:
    """The verdict by the probabilities of true and false, or of yes, no and maybe."""
    scale = ("true", "false") if len(probabilities) == 2 else ("yes", "no", "maybe")
    return choose_verdict(VerdictScores(scale, probabilities, np.array(state)), calibration)


def test_verdict_with_the_greatest_share_is_chosen() -> None:
    assert verdict(Calibration(), 0.3, 0.2, 0.5) == "maybe"
    assert verdict(Calibration(), 0.4, 0.6) == "false"


def test_verdict_bias_raises_the_bar_for_yes() -> None:
    biased = Calibration(verdict_bias=2.8)
    assert verdict(biased, 0.9, 0.08, 0.02) == "no"
    assert verdict(biased, 0.97, 0.02, 0.01) == "yes"
    assert verdict(biased, 0.6, 0.4) == "true"


def test_truth_bias_raises_the_bar_for_true() -> None:
    biased = Calibration(truth_bias=1.0)
    assert verdict(biased, 0.7, 0.3) == "false"
    assert verdict(biased, 0.8, 0.2) == "true"
    assert verdict(biased, 0.6, 0.3, 0.1) == "yes"


def test_probe_and_words_both_count() -> None:
    probed = Calibration(verdict_probe=Probe((1.0,), bias=0.0))
    assert verdict(probed, 0.2, 0.7, 0.1, state=[3.0]) == "yes"
    assert verdict(probed, 0.7, 0.2, 0.1, state=[-3.0]) == "no"
    assert verdict(probed, 0.9, 0.05, 0.05, state=[-1.0]) == "yes"
    assert verdict(probed, 0.1, 0.1, 0.8, state=[3.0]) == "maybe"


def test_bias_applies_to_probed_verdicts_too() -> None:
    probed = Calibration(truth_probe=Probe((1.0,), bias=0.0), truth_bias=2.0)
    assert verdict(probed, 0.5, 0.5, state=[1.9]) == "false"
    assert verdict(probed, 0.5, 0.5, state=[2.1]) == "true"
    assert verdict(probed, 0.6, 0.3, 0.1) == "yes"  # another scale, by its words


def test_probe_of_another_model_raises_model_error() -> None:
    with pytest.raises(ModelError, match="assistant eval calibrate"):
        verdict(Calibration(truth_probe=Probe((1.0, 2.0), bias=0.0)), 0.5, 0.5, state=[1.0])
