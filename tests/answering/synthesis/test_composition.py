"""The sentences of a synthesis in their final order."""

import pytest

from assistant.answering.answer import AnswerSentence, as_text
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.synthesis.composition import MAX_WORDS, compose
from assistant.answering.synthesis.groups import Group
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import Span

_ABOUT_TWO = [AnswerSentence(text, (1,), supported=True) for text in ("Ice melts.", "Trams hum.")]


def further_papers(count: int) -> list[Evidence]:
    papers = [
        Paper(title=f"Ten words on glaciers, trams and parrots, number {n}", abstract="It.")
        for n in range(count)
    ]
    return [Evidence(paper, Span(0, 3), 1.0) for paper in papers]


def test_groups_follow_the_lead_and_further_papers_come_last(embedder: Embedder) -> None:
    lead = AnswerSentence("Both make noise.", (1,), supported=True)
    groups = [Group("Trams", (1,)), Group("Ice", (0,))]
    sentences = compose([lead], groups, _ABOUT_TWO, further_papers(1), Grounder("?", (), embedder))
    assert [(one.text, one.group) for one in sentences] == [
        ("Both make noise.", ""),
        ("2 papers address this, in 2 groups (1 more below).", ""),
        ("Trams hum.", "Trams"),
        ("Ice melts.", "Ice"),
        ("Ten words on glaciers, trams and parrots, number 0", "Further papers"),
    ]
    assert [one.folded for one in sentences] == [False] * 4 + [True]


@pytest.mark.parametrize("count", [40, 300])
def test_further_papers_beyond_the_length_of_an_answer_are_left_out_and_not_counted(
    embedder: Embedder, count: int
) -> None:
    grounder = Grounder("?", (), embedder)
    sentences = compose([], [Group("", (0, 1))], _ABOUT_TWO, further_papers(count), grounder)
    shown = [one.text for one in sentences if one.folded]
    assert 0 < len(shown) < count
    assert shown[0].endswith("number 0")
    assert len(as_text(sentences).split()) <= MAX_WORDS
    assert f"({len(shown)} more below)" in sentences[0].text


def test_sentences_about_papers_stay_however_long_they_are(embedder: Embedder) -> None:
    long = [AnswerSentence("word " * MAX_WORDS, (1,), supported=True)]
    sentences = compose([], [Group("", (0,))], long, further_papers(3), Grounder("?", (), embedder))
    assert [one.text for one in sentences] == ["One paper addresses this.", long[0].text]
