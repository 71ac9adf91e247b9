"""Questions from a table: what its columns and cells mean, and what is wrong with a row."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.evaluation import load_questions


def _table(folder: Path, text: str, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_the_fields_of_a_question_set(tmp_path: Path) -> None:
    text = 'id,kind,question,papers,answers\nq1,name,"Which one, then?",Parrots,PolyCount|Poly\n'
    (question,) = load_questions(_table(tmp_path, text))
    assert (question.id, question.kind, question.text) == ("q1", "name", "Which one, then?")
    assert (question.papers, question.answers) == (("Parrots",), ("PolyCount", "Poly"))


def test_question_and_answer_are_enough(tmp_path: Path) -> None:
    text = "question,answer\nHow many glaciers?,14\nWhich method?,IceTrack\n"
    number, name = load_questions(_table(tmp_path, text))
    assert (number.kind, number.answers, number.papers) == ("number", ("14",), ())
    assert (name.kind, name.answers) == ("name", ("IceTrack",))


def test_facts_make_an_explanation_and_of_two_papers_a_question_about_both(tmp_path: Path) -> None:
    text = (
        "question;papers;facts\n"
        'What do they get?;Parrots;"[[""nut"", ""walnut""], ""reward""]"\n'
        "Who is quieter?;Parrots | Trams;trams\n"
    )
    one, two = load_questions(_table(tmp_path, text))
    assert (one.kind, one.facts) == ("explain", (("nut", "walnut"), ("reward",)))
    assert (two.kind, two.papers) == ("multi", ("Parrots", "Trams"))


def test_verdict_of_a_claim_stays_its_answer(tmp_path: Path) -> None:
    text = "id,kind,claim,answer,papers\nv1,verdict,Parrots count.,true,Parrots\n"
    (question,) = load_questions(_table(tmp_path, text))
    assert (question.text, question.answers) == ("True or false: Parrots count.", ("true",))


def test_id_made_of_the_question_stays_the_same_when_rows_move(tmp_path: Path) -> None:
    rows = ["How many glaciers?,14", "Which method?,IceTrack"]
    there = load_questions(_table(tmp_path, "\n".join(["question,answer", *rows])))
    moved = load_questions(_table(tmp_path, "\n".join(["question,answer", *reversed(rows)])))
    assert {one.text: one.id for one in there} == {one.text: one.id for one in moved}


def test_tabs_blank_rows_capitals_and_names_of_other_tools_are_understood(tmp_path: Path) -> None:
    text = "User_Input\tAnswers\n\nWhich method?\tIceTrack\n\t\n"
    (question,) = load_questions(_table(tmp_path, text, "mine.tsv"))
    assert question.text == "Which method?"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Which method?,,", "'answers' or 'facts'"),
        (",IceTrack,", "'question' must be a non-empty text"),
        ("Which?,,[broken", "no JSON list"),
        ("Which method?,IceTrack,", "already used"),
    ],
)
def test_malformed_row_is_rejected_with_line_and_reason(
    tmp_path: Path, row: str, expected: str
) -> None:
    path = _table(tmp_path, f'question,answers,facts\nWhich method?,"IceTrack",\n{row}\n')
    with pytest.raises(InputError, match="line 3") as caught:
        load_questions(path)
    assert expected in str(caught.value)
