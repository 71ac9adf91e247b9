"""Fitting the classifier of question kinds on a few templates."""

import json
from pathlib import Path

import pytest

from assistant.answering.question.kind import KINDS, form_tokens, read_kind_model
from assistant.errors import InputError
from assistant.evaluation.calibration.question_kinds import (
    confusion_table,
    fit_kinds,
    write_kind_model,
)
from assistant.evaluation.calibration.question_templates import load_training_questions

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
    return tmp_path


def test_a_fitted_classifier_is_read_back_and_tells_the_kinds(folder: Path) -> None:
    fit = fit_kinds(load_training_questions(folder, folder), None)
    write_kind_model(fit.model, folder / "kinds.json")
    model = read_kind_model(folder / "kinds.json")
    shares = model.probabilities(form_tokens("which papers are about volcanoes"), None)
    assert max(shares, key=lambda kind: shares[kind]) == "list"
    assert model.max_fact == fit.model.max_fact
    assert len(confusion_table(fit.confusion, model.max_fact)) == len(KINDS) + 1


def test_fillers_do_not_enter_the_vocabulary_of_forms(folder: Path) -> None:
    fit = fit_kinds(load_training_questions(folder, folder), None)
    assert "please" in fit.model.vocabulary
    assert not {"ice", "bees", "tides"} & fit.model.vocabulary


def test_an_unknown_kind_or_slot_is_an_error(folder: Path) -> None:
    (folder / "templates.txt").write_text("# riddle\nwhat is it", encoding="utf-8")
    with pytest.raises(InputError, match="riddle"):
        load_training_questions(folder, folder)
    (folder / "templates.txt").write_text("# list\nwhich <thing>", encoding="utf-8")
    with pytest.raises(InputError, match="thing"):
        load_training_questions(folder, folder)
