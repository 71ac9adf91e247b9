"""Which questions want a verdict, and which verdicts they choose from."""

import pytest

from assistant.answering.verdict import choose_verdict, verdict_scale, without_verdict
from assistant.models import Calibration


@pytest.mark.parametrize(
    "question",
    [
        "True or false: parrots can count to eight.",
        "Is it true that trams keep people awake?",
    ],
)
def test_a_claim_is_true_or_false(question: str) -> None:
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
def test_a_yes_no_question_is_answered_by_yes_no_or_maybe(question: str) -> None:
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
def test_other_questions_want_no_verdict(question: str) -> None:
    assert verdict_scale(question) is None


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
def test_a_reason_does_not_say_the_verdict_again(sentence: str, rest: str) -> None:
    assert without_verdict(sentence, ("yes", "no", "maybe")) == rest


def test_where_no_verdict_was_given_nothing_is_left_out() -> None:
    assert without_verdict("Yes, parrots count.", ()) == "Yes, parrots count."


def test_the_verdict_with_the_greatest_share_is_chosen() -> None:
    plain = Calibration(verdict_bias=0)
    assert choose_verdict(("yes", "no", "maybe"), (0.3, 0.2, 0.5), plain) == "maybe"
    assert choose_verdict(("true", "false"), (0.4, 0.6), plain) == "false"


def test_of_a_model_that_leans_towards_yes_a_weak_yes_is_a_no() -> None:
    leaning = Calibration(verdict_bias=2.8)
    assert choose_verdict(("yes", "no", "maybe"), (0.9, 0.08, 0.02), leaning) == "no"
    assert choose_verdict(("yes", "no", "maybe"), (0.97, 0.02, 0.01), leaning) == "yes"
    assert choose_verdict(("true", "false"), (0.6, 0.4), leaning) == "true"


def test_of_a_model_that_leans_towards_true_a_weak_true_is_false() -> None:
    leaning = Calibration(truth_bias=1.0)
    assert choose_verdict(("true", "false"), (0.7, 0.3), leaning) == "false"
    assert choose_verdict(("true", "false"), (0.8, 0.2), leaning) == "true"
    assert choose_verdict(("yes", "no", "maybe"), (0.6, 0.3, 0.1), leaning) == "yes"
