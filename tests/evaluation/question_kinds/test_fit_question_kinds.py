"""Fitting the classifier of question kinds on a few templates."""

import json
from pathlib import Path

import pytest

from assistant.answering.question.kind import KINDS, form_tokens, read_kind_model
from assistant.answering.question.topic import topic_by_word_list
from assistant.cli import main
from assistant.errors import InputError
from assistant.evaluation.question_kinds.fit import (
    confusion_table,
    fit_kinds,
    write_kind_model,
)
from assistant.evaluation.question_kinds.templates import load_training_questions

_FORMS = {
    "list": "which papers are about <topic>",
    "overview": "an overview of <topic>",
    "smalltalk": "hello there you",
}
_OPENINGS = "please now then so well right okay again also".split()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = []
    for kind in KINDS:
        form = _FORMS.get(kind, f"{kind} me <topic>")
        lines += [f"# {kind}", form, *(f"{opening} {form}" for opening in _OPENINGS)]
    (tmp_path / "templates.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "fillers.json").write_text(json.dumps({"topic": ["ice", "bees", "tides"]}))
    for name in ("sample", "own-words", "verdicts", "biomedical", "conversations", "collection"):
        (tmp_path / f"{name}.jsonl").write_text("", encoding="utf-8")
    subjects = ("bees", "snow leopards", "old bridges", "stars")
    written = "".join(
        f"synthesis\thow do people count {{{one}}}\nlist\twhich papers count {{{one}}}\n"
        for one in subjects
    )
    (tmp_path / "written.tsv").write_text(written, encoding="utf-8")
    (tmp_path / "held-out.tsv").write_text("list\twhich papers are about {snow}\n", "utf-8")
    return tmp_path


def test_a_fitted_classifier_is_read_back_and_tells_the_kinds(folder: Path) -> None:
    fit = fit_kinds(load_training_questions(folder, folder), None)
    write_kind_model(fit.model, folder / "kinds.json")
    model = read_kind_model(folder / "kinds.json")
    probabilities = model.probabilities(form_tokens("which papers are about volcanoes"), None)
    assert max(probabilities, key=lambda kind: probabilities[kind]) == "list"
    assert model.max_fact == fit.model.max_fact
    assert len(confusion_table(fit.confusion, model.max_fact)) == len(KINDS) + 1


def test_fillers_do_not_enter_the_vocabulary_of_forms(folder: Path) -> None:
    fit = fit_kinds(load_training_questions(folder, folder), None)
    assert "please" in fit.model.vocabulary
    assert not {"ice", "bees", "tides"} & fit.model.vocabulary


def test_word_that_is_mostly_in_subjects_is_none_of_the_form(folder: Path) -> None:
    templates = (folder / "templates.txt").read_text("utf-8")
    forms = [f"which papers {opening} are about bees" for opening in _OPENINGS]
    (folder / "templates.txt").write_text("\n".join([templates, "# list", *forms]), "utf-8")
    model = fit_kinds(load_training_questions(folder, folder), None).model
    assert "about" in model.form_words
    assert "bees" not in model.form_words
    assert topic_by_word_list("which papers are about bees", "list", model) == "bees"


def test_command_writes_the_classifiers_and_shows_other_writers_questions(
    models_cache: None, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "kinds"
    places = ["--templates", str(folder), "--sets", str(folder), "--out", str(out)]
    assert main(["eval", "fit-kinds", *places]) == 0
    assert {one.name for one in out.iterdir()} == {
        "all-minilm-l6-v2.json",
        "all-minilm-l6-v2-topics.json",
        "no-embedder.json",
    }
    shown = capsys.readouterr().err
    assert "1 questions of other writers: accuracy" in shown
    assert "Topics of 1 questions of other writers" in shown


def test_an_unknown_kind_or_slot_is_an_error(folder: Path) -> None:
    (folder / "templates.txt").write_text("# riddle\nwhat is it", encoding="utf-8")
    with pytest.raises(InputError, match="riddle"):
        load_training_questions(folder, folder)
    (folder / "templates.txt").write_text("# list\nwhich <thing>", encoding="utf-8")
    with pytest.raises(InputError, match="thing"):
        load_training_questions(folder, folder)
