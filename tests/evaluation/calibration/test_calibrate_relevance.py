"""Calibrating relevance: the fitted probe, and what it is measured on."""

import numpy as np
import pytest

from assistant.answering import Assistant
from assistant.errors import InputError
from assistant.evaluation.calibration.relevance import (
    RelevanceExample,
    _examples,
    fit_relevance,
)
from assistant.evaluation.questions import Question
from assistant.library import Library, Scope
from assistant.models import Calibration
from assistant.settings import Settings

PER_QUESTION = 12


def make_examples(questions: int, seed: int = 5) -> list[RelevanceExample]:
    """Candidates of which three contribute, shown by their first value alone."""
    rng = np.random.default_rng(seed)
    examples = []
    for number in range(questions):
        for place in range(PER_QUESTION):
            contributes = place < 3
            values = rng.normal(0, 1, 8)
            values[0] += 4 if contributes else 0
            examples.append(
                RelevanceExample(f"question {number}", "library", 3, contributes, tuple(values))
            )
    return examples


def test_the_probe_weighs_the_informative_value_most() -> None:
    fit = fit_relevance(make_examples(20), Calibration(yes_slope=1.5))
    weights = fit.calibration.relevance_probe.weights
    assert max(range(8), key=lambda place: abs(weights[place])) == 0
    assert weights[0] > 0
    assert fit.n == 20
    assert fit.auc > 0.95
    assert fit.f1 > 0.85
    assert fit.calibration.yes_slope == 1.5


def test_a_question_that_no_paper_answers_lowers_the_probabilities() -> None:
    unanswerable = [
        RelevanceExample(f"unanswerable {number}", "library", 0, False, (2.0, *[0.0] * 7))
        for number in range(40)
    ]
    answered = make_examples(12)
    before = fit_relevance(answered, Calibration()).calibration.relevance_probe
    after = fit_relevance([*answered, *unanswerable], Calibration()).calibration.relevance_probe
    assert after.bias + 2 * after.weights[0] < before.bias + 2 * before.weights[0]


def test_few_questions_are_refused_with_the_number_needed() -> None:
    with pytest.raises(InputError, match="at least 10"):
        fit_relevance(make_examples(4), Calibration())


def test_an_example_survives_its_file_format() -> None:
    [example, *_] = make_examples(1)
    assert RelevanceExample.from_record(example.to_record()) == example


def test_contributing_papers_are_known_by_their_titles_whatever_their_ids(
    small_library: Library, models_cache: None
) -> None:
    titles = ("Glacier Melt Seen from Balloons", "Teaching Parrots to Count")
    papers = {paper.title: paper.id for paper in small_library.catalogue.papers_in(Scope())}
    assert papers[titles[1]].startswith("arxiv:")
    question = Question(
        id="q", kind="synthesis", text="How are glaciers and parrots studied?", papers=titles
    )
    assistant = Assistant(small_library, Settings(model="smollm2-135m-instruct"))
    examples = _examples(assistant, question, "library")
    assistant.unload()
    assert sum(one.contributes for one in examples) == len(titles)
    assert {one.contributing for one in examples} == {len(titles)}
