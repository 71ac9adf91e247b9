"""Reading an answer back from its JSON form."""

import json
from dataclasses import replace

from assistant.answering import Answer, AnswerSentence, Citation, Timings
from assistant.answering.rendering.answer_json import answer_from_json
from assistant.papers import Paper
from assistant.retrieval import Correction, Evidence, RankedPaper
from assistant.text.sentences import Span

PARROTS = Paper(title="Parrots", abstract="They count. They sing.", arxiv_id="1901.00001")
TRAMS = Paper(title="Trams", abstract="They are quiet.")
EVIDENCE = Evidence(PARROTS, Span(0, 11), 0.0)
ANSWER = Answer(
    question="Who counts?",
    standalone_question="Who counts?",
    sentences=(
        AnswerSentence("Parrots count.", (1,), supported=True),
        AnswerSentence("To 9.", (), supported=False, missing=("9",), listed=True, group="More"),
    ),
    citations=(Citation(1, EVIDENCE),),
    evidence=(EVIDENCE,),
    papers=(RankedPaper(PARROTS, 1.5), RankedPaper(TRAMS, 0.5)),
    abstained=False,
    confidence=0.75,
    timings=Timings(0.1, 0.2, 0.3, 40, 20, 10),
    model="small@abc",
    library="def-minilm",
    kind="fact",
    corrections=(Correction("parots", "Parrots"),),
)


def test_answer_is_the_same_after_a_way_through_json() -> None:
    values = json.loads(json.dumps(ANSWER.to_dict()))
    assert answer_from_json(values, {paper.id: paper for paper in (PARROTS, TRAMS)}) == ANSWER


def test_answer_stored_before_there_were_corrections_has_none() -> None:
    values = ANSWER.to_dict()
    del values["corrections"]
    assert answer_from_json(values, {paper.id: paper for paper in (PARROTS, TRAMS)}) == replace(
        ANSWER, corrections=()
    )


def test_answer_says_first_what_was_searched_for_instead() -> None:
    assert str(ANSWER).startswith("Searched for Parrots instead of parots.\n\nParrots count. [1]")
