"""Reading questions that were written one by one for the classifier of kinds."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.evaluation.question_kinds.written import load_written_questions

QUESTION_KINDS = Path(__file__).resolve().parents[3] / "eval" / "question-kinds"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "written.tsv"


def test_subject_is_part_of_the_text_but_not_of_the_form(file: Path) -> None:
    file.write_text("synthesis\thow do people keep {catalysts} from {sintering}?\n")
    [question] = load_written_questions(file)
    assert question.kind == "synthesis"
    assert question.text == "how do people keep catalysts from sintering?"
    assert question.form.split() == ["how", "do", "people", "keep", "from", "?"]


def test_name_of_a_record_is_once_known_to_the_library_and_once_not(file: Path) -> None:
    file.write_text("metadata\twhat did {author:Okafor} write on {tides}\n")
    unknown, known = load_written_questions(file)
    assert unknown.text == known.text == "what did Okafor write on tides"
    assert (unknown.entities, known.entities) == ({}, {"Okafor": "<author>"})
    assert unknown.template == known.template


@pytest.mark.parametrize(
    "line", ["riddle\twhat is it", "fact what is it", "fact\twho is {person:Ada}", ""]
)
def test_wrong_line_is_named(file: Path, line: str) -> None:
    file.write_text(f"fact\thow deep is {{the lake}}?\n{line}\n")
    with pytest.raises(InputError, match="line 2"):
        load_written_questions(file)


def test_no_question_of_other_writers_is_fitted_on() -> None:
    fitted = {one.text for one in load_written_questions(QUESTION_KINDS / "written.tsv")}
    others = {one.text for one in load_written_questions(QUESTION_KINDS / "held-out.tsv")}
    assert not fitted & others
