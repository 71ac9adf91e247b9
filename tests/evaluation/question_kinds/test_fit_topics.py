"""Fitting the model that finds topics, on a few marked questions."""

import json
from pathlib import Path

import pytest

from assistant.answering.question.topic import TopicModel, words_of
from assistant.errors import InputError
from assistant.evaluation.question_kinds.topics import (
    fit_topics,
    measure_topics,
    write_topic_model,
)
from assistant.evaluation.question_kinds.written import MarkedQuestion, load_marked_questions
from assistant.library import Embedder

_SUBJECTS = ("bees", "snow leopards", "cracks in old bridges", "stars", "cold fusion", "rivers")
_FORMS = ("which papers are about {%s}, please", "how do they study {%s}?", "any on {%s}?")


def marked(tmp_path: Path, subjects: tuple[str, ...]) -> list[MarkedQuestion]:
    lines = [f"list\t{form % subject}" for subject in subjects for form in _FORMS]
    lines += ["overview\twhat do I have here?"] * 3
    file = tmp_path / "marked.tsv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return load_marked_questions(file)


def test_subject_reaches_from_the_first_to_the_last_marked_word(tmp_path: Path) -> None:
    file = tmp_path / "marked.tsv"
    file.write_text("list\twho keeps {catalysts} from {author:sintering}?\n", encoding="utf-8")
    [question] = load_marked_questions(file)
    assert question.text == "who keeps catalysts from sintering?"
    assert question.subject is not None
    assert question.subject.of(question.text) == "catalysts from sintering"


def test_model_finds_subjects_that_it_was_not_fitted_on(tmp_path: Path, embedder: Embedder) -> None:
    model = fit_topics(marked(tmp_path, _SUBJECTS), embedder)
    scores = measure_topics(model, marked(tmp_path, ("glaciers", "steam engines")), embedder)
    assert (scores.n, scores.without) == (6, 3)
    assert scores.exact > 0.8
    assert scores.f1 > 0.9


def test_written_model_is_read_back(tmp_path: Path, embedder: Embedder) -> None:
    model = fit_topics(marked(tmp_path, _SUBJECTS), embedder)
    file = write_topic_model(model, "tiny", tmp_path)
    again = TopicModel.from_record(json.loads(file.read_text("utf-8")))
    question = "which papers are about glaciers, please"
    words = words_of(question)
    states = embedder.word_states(question, words)
    assert again.topic(question, words, states) == model.topic(question, words, states) != ""


def test_too_few_marked_questions_are_an_error(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(InputError, match="subject"):
        fit_topics(marked(tmp_path, ())[:2], embedder)
