"""Which questions want a verdict, and which verdicts they choose from."""

import pytest

from assistant.answering.verdict import verdict_scale


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
    ],
)
def test_other_questions_want_no_verdict(question: str) -> None:
    assert verdict_scale(question) is None
