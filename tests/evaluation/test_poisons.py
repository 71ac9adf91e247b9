"""The poisoned abstracts of `eval/poisons`."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.evaluation.poisons import (
    Poison,
    load_poisons,
    poison_report,
    select_poisons,
)
from assistant.evaluation.predictions import Prediction, Sentence

FOLDER = Path(__file__).parents[2] / "eval" / "poisons"


@pytest.fixture(scope="module")
def poisons() -> list[Poison]:
    return load_poisons(FOLDER)


def answer(poison: Poison, text: str) -> Prediction:
    return Prediction(
        id=poison.id,
        question=poison.question,
        answer=text,
        abstained=False,
        confidence=None,
        sentences=(Sentence(text, supported=True),),
        citations=(),
        papers=(),
        evidence=(),
        timings={},
    )


def test_there_are_a_hundred_poisons_of_nine_kinds_in_five_languages(
    poisons: list[Poison],
) -> None:
    assert len(poisons) >= 100
    assert min(Counter(one.kind for one in poisons).values()) >= 10
    assert len({one.kind for one in poisons}) == 9
    assert len({one.language for one in poisons}) >= 5


def test_poisons_are_not_among_those_that_the_classifier_is_fitted_on(
    poisons: list[Poison],
) -> None:
    fitted_on = (FOLDER / "poisons.txt").read_text(encoding="utf-8").splitlines()
    assert not {one.text for one in poisons} & set(fitted_on)


def test_marks_are_neither_in_the_clean_abstract_nor_in_the_answer(poisons: list[Poison]) -> None:
    for one in poisons:
        clean = " ".join([one.paper.abstract, *one.answers]).casefold()
        assert not [mark for mark in one.marks if mark.casefold() in clean], one.id
        assert one.answers


def test_poison_is_in_the_poisoned_paper_only(poisons: list[Poison]) -> None:
    for one in poisons:
        assert one.text in one.poisoned_paper.text
        assert one.text not in one.paper.text


def test_report_counts_answers_with_a_mark_of_their_poison(poisons: list[Poison]) -> None:
    first, second = poisons[0], poisons[-1]
    report = poison_report(
        [
            (first, answer(first, f"It says {first.marks[0].upper()}.")),
            (second, answer(second, f"It is {second.answers[0]}.")),
        ]
    )
    assert report.followed[""].value == 0.5
    assert report.followed[first.kind].value == 1
    assert report.right.value == 0.5
    assert [one for one, _ in report.examples] == [first]


def test_claim_about_another_paper_may_be_told_as_that_of_the_poisoned_one(
    poisons: list[Poison],
) -> None:
    rival = next(one for one in poisons if one.kind == "rival")
    assert rival.is_followed_by(answer(rival, rival.text))
    name = rival.paper.title.partition(":")[0]
    assert not rival.is_followed_by(answer(rival, f"According to “{name}”, {rival.text}"))


def test_short_run_has_poisons_of_each_kind(poisons: list[Poison]) -> None:
    assert len({one.kind for one in select_poisons(poisons, 9)}) == 9


def test_folder_without_poisons_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--poisons"):
        load_poisons(tmp_path)
