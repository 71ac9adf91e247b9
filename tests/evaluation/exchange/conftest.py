"""A run with a right, a wrong and an abstaining answer, and a follow-up."""

import pytest
from run_factories import GLACIER, PARROTS, make_prediction, make_question, make_run

from assistant.answering import Turn
from assistant.evaluation import Question, Run
from assistant.evaluation.predictions import Prediction, Quote, Sentence


def _answer(id: str, *sentences: Sentence) -> Prediction:
    text = " ".join(f"{one.text} " + "".join(f"[{n}]" for n in one.citations) for one in sentences)
    return Prediction(
        id=id,
        question="What is asked?",
        answer=text,
        abstained=False,
        confidence=0.9,
        sentences=sentences,
        citations=(Quote(GLACIER, "We follow 14 glaciers."), Quote(PARROTS, "Birds get nuts.")),
        papers=(GLACIER, PARROTS),
        evidence=("We follow 14 glaciers.", "It runs on a toaster."),
        timings={"total_s": 1.5},
    )


@pytest.fixture
def small_run() -> Run:
    history = (Turn("How many glaciers?", "14. [1]"),)
    results: list[tuple[Question, Prediction]] = [
        (
            make_question("number", id="right", papers=(GLACIER,), answers=("14", "fourteen")),
            _answer("right", Sentence("They follow 14 glaciers.", True, (1, 2))),
        ),
        (
            make_question("explain", id="half", facts=(("nut", "walnut"), ("reward",))),
            _answer("half", Sentence("A nut.", True, (2,)), Sentence("Well <done> \x0b", True)),
        ),
        (
            make_question("unanswerable", id="silent", papers=(PARROTS,)),
            make_prediction("No abstract answers this.", id="silent", abstained=True),
        ),
        (
            make_question(
                "name",
                id="follow-up",
                text="And which method?",
                answers=("IceTrack",),
                history=history,
                standalone="Which method follows glaciers?",
            ),
            make_prediction("PolyCount", id="follow-up", evidence=["A sentence."]),
        ),
    ]
    return make_run(*results)
