"""The scores of broad questions, by kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputError
from assistant.evaluation import load_questions
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question

A, B, C = "On Alpha Waves", "Beta Blockers in Bees", "Gamma Rays at Home"


def question(tmp_path: Path, kind: str, **fields: Any) -> Question:
    line = {"id": "q1", "kind": kind, "question": "What about it?", **fields}
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    [loaded] = load_questions(file)
    return loaded


def answer(text: str, *cited: str, abstained: bool = False) -> Prediction:
    return Prediction.from_dict(
        {
            "id": "q1",
            "question": "What about it?",
            "answer": text,
            "abstained": abstained,
            "citations": [{"title": title, "quote": ""} for title in cited],
            "papers": [{"title": title} for title in cited],
        }
    )


NUGGETS = [
    {"paper": A, "any": ["alpha net"], "vital": True},
    {"paper": B, "any": ["beebeta", "bee-beta"], "vital": True},
    {"paper": C, "any": ["gamma box"], "vital": False},
]


@pytest.mark.parametrize(
    ("text", "cited", "score"),
    [
        ("Alpha Net and BeeBeta.", (A, B), 0.5 + 0.25 * 2 / 3 + 0.25 * 0.8),
        ("Alpha Net, bee-beta and a gamma box.", (A, B, C), 1.0),
        ("Nothing of use.", (), 0.0),
    ],
)
def test_synthesis_counts_nuggets_and_cited_papers(
    tmp_path: Path, text: str, cited: tuple[str, ...], score: float
) -> None:
    asked = question(tmp_path, "synthesis", papers=[A, B, C], nuggets=NUGGETS)
    assert answer_score(asked, answer(text, *cited)) == pytest.approx(score)


def test_a_synthesis_of_more_than_350_words_counts_half(tmp_path: Path) -> None:
    asked = question(tmp_path, "synthesis", papers=[A], nuggets=NUGGETS[:1])
    assert answer_score(asked, answer("alpha net", A)) == 1.0
    assert answer_score(asked, answer("alpha net " * 180, A)) == 0.5


def test_overview_counts_named_themes_and_wants_cited_papers(tmp_path: Path) -> None:
    themes = [
        {"name": name, "any": [name], "papers": [paper]}
        for name, paper in (("waves", A), ("bees", B), ("rays", C))
    ]
    asked = question(tmp_path, "overview", themes=themes)
    assert answer_score(asked, answer("Waves, bees and rays.", A, B, C)) == 1.0
    assert answer_score(asked, answer("Waves, bees and rays.", A)) == 0.5


def test_existence_wants_the_right_yes_or_no_and_the_papers(tmp_path: Path) -> None:
    asked = question(tmp_path, "existence", answer="yes", papers=[A, B])
    assert answer_score(asked, answer("Yes: two papers.", A, B)) == 1.0
    assert answer_score(asked, answer("None of the papers is.", abstained=True)) == 0.0
    absent = question(tmp_path, "existence", answer="no", papers=[])
    assert answer_score(absent, answer("None of the 3 papers is.", abstained=True)) == 1.0
    assert not absent.answerable


def test_small_talk_must_not_cite(tmp_path: Path) -> None:
    asked = question(tmp_path, "smalltalk", must_not_cite=True, any=["add"])
    assert answer_score(asked, answer("To add papers, drop them.")) == 1.0
    assert answer_score(asked, answer("To add papers, drop them. [1]", A)) == 0.0
    assert answer_score(asked, answer("Hello!")) == 0.0


def test_borderline_papers_are_neither_right_nor_wrong(tmp_path: Path) -> None:
    asked = question(tmp_path, "list", papers=[A], borderline=[B])
    assert answer_score(asked, answer("1 paper.", A, B)) == 1.0
    assert answer_score(asked, answer("2 papers.", A, C)) == pytest.approx(2 / 3)


def test_facts_answers_and_counts_are_looked_for_in_the_text(tmp_path: Path) -> None:
    facts = question(tmp_path, "summary", papers=[A], facts=[["alpha"], ["12"]])
    assert answer_score(facts, answer("Alpha waves.", A)) == 0.5
    count = question(tmp_path, "metadata", papers=[], count=12)
    assert answer_score(count, answer("There are 12.")) == 1.0
    assert answer_score(count, answer("There are 120.")) == 0.0


def test_a_synthesis_without_nuggets_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nuggets"):
        question(tmp_path, "synthesis", papers=[A])


def test_shipped_broad_sets_load_and_have_two_halves() -> None:
    for name in ("broad", "metadata"):
        splits = {one.broad.split for one in load_questions(name) if one.broad}
        assert splits == {"dev", "test"}
