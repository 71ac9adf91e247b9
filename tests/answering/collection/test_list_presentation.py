"""How a list is presented: a yes or no first where that is asked, and long lists folded."""

import pytest

from assistant.answering.answer import AnswerSentence, Citation
from assistant.answering.collection.list_papers import CollectionAnswer
from assistant.answering.collection.strategy import _presented
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import Span

PAPER = Paper(title="Bees", abstract="Bees dance.")


def found(count: int) -> CollectionAnswer:
    entries = [
        AnswerSentence(f"Entry {n}", (1,), supported=True, listed=True) for n in range(count)
    ]
    first = AnswerSentence(f"{count or 'None'} of the 40 papers fit “bees”.", (), supported=True)
    citations = (Citation(1, Evidence(PAPER, Span(0, 11), 1.0)),) if count else ()
    return CollectionAnswer((first, *entries), citations, (), 1.0)


@pytest.mark.parametrize("question", ["Is there any paper on bees?", "anything on bees?"])
def test_existence_question_is_answered_with_yes_or_no_first(question: str) -> None:
    assert _presented(question, found(2))[0].text == "Yes: 2 of the 40 papers fit “bees”."
    assert _presented(question, found(0))[0].text == "No: none of the 40 papers fit “bees”."


def test_other_list_questions_begin_with_the_count() -> None:
    assert _presented("Which papers are on bees?", found(2))[0].text.startswith("2 of the 40")


def test_entries_after_the_twelfth_are_folded() -> None:
    sentences = _presented("Which papers are on bees?", found(15))
    assert [one.folded for one in sentences] == [False] * 13 + [True] * 3
