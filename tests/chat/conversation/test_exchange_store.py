"""Exchanges are kept whole, taken away as files, and judged."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import Answer, AnswerSentence, Citation, Timings
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import restored, save, save_new, saved_exchanges
from assistant.chat.conversation.export import cited_papers, conversation_markdown, question_set
from assistant.chat.conversation.feedback import questions_from_feedback
from assistant.evaluation import load_questions
from assistant.library import Conversations, Feedback, SavedExchange, Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper
from assistant.text.sentences import Span

_DOUGH = Paper(
    title="Dough", abstract="DoughNet rises 4 mm. It falls.", year=2023, authors=("Ada Frost",)
)
_RISES = Evidence(_DOUGH, Span(0, 20), 2.0)


def _answered(question: str = "How far does it rise?", *, abstained: bool = False) -> Exchange:
    sentence = AnswerSentence("DoughNet rises 4 mm.", (1,), supported=True)
    answer = Answer(
        question=question,
        standalone_question="How far does dough rise?",
        sentences=(sentence,),
        citations=(Citation(1, _RISES),),
        evidence=(_RISES,),
        papers=(RankedPaper(_DOUGH, 1.5),),
        abstained=abstained,
        confidence=0.9,
        timings=Timings(0.1, 0.5, 1.0, 200, 150, 12),
        model="small@abc",
        library="def",
    )
    return Exchange(question, scope=Scope(years=(2023,)), limited_to="2023").after(answer)


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    opened = Conversations(tmp_path / "conversations.sqlite")
    yield opened
    opened.close()


def _judge(conversations: Conversations, exchange: Exchange, feedback: Feedback) -> None:
    conversation = conversations.start("", exchange.question).id
    saved = save_new(conversations, conversation, exchange)
    conversations.judge(conversation, saved.number, feedback)


def test_an_exchange_comes_back_as_it_was(conversations: Conversations) -> None:
    conversation = conversations.start("", "Rise").id
    begun = save_new(conversations, conversation, Exchange("How far does it rise?"))
    answered = replace(_answered(), number=begun.number)
    save(conversations, answered)

    assert saved_exchanges(conversations, conversation) == (answered,)
    assert conversations.all("", search="DoughNet")


@given(st.text(), st.text())
def test_whatever_was_asked_and_said_comes_back(question: str, said: str) -> None:
    exchange = Exchange(question, stage="answered", sentences=(AnswerSentence(said, (), True),))
    from assistant.chat.conversation.exchange_store import _EXCHANGE

    content = _EXCHANGE.dump_json(exchange).decode()
    assert restored(SavedExchange(0, 1, content, Feedback())) == exchange


def test_one_that_was_cut_off_counts_as_stopped(conversations: Conversations) -> None:
    conversation = conversations.start("", "Rise").id
    save_new(conversations, conversation, Exchange("How far?", stage="writing", unfinished="It r"))
    [cut] = saved_exchanges(conversations, conversation)
    assert cut.stage == "stopped"
    assert cut.unfinished == "It r"


@pytest.mark.parametrize("content", ["{", '{"question": "How far?", "stage": "new stage"}', "[]"])
def test_one_that_cannot_be_read_says_so_and_hides_no_other(
    conversations: Conversations, content: str
) -> None:
    conversation = conversations.start("", "Rise").id
    conversations.add_exchange(conversation, 1, "How far?", content)
    save_new(conversations, conversation, replace(_answered(), position=2))

    unreadable, other = saved_exchanges(conversations, conversation)

    assert unreadable.stage == "failed"
    assert "another version" in unreadable.problem
    assert other.answer is not None


def test_a_conversation_becomes_markdown_with_its_references() -> None:
    stopped = Exchange("And then?", stage="stopped")
    file = conversation_markdown("Dough & bread", [_answered(), stopped])
    assert file["name"].endswith(".md")
    assert file["text"].startswith("# Dough \\& bread\n\n## How far does it rise?\n")
    assert "DoughNet rises 4 mm. [1]" in file["text"]
    assert "1. Dough, Ada Frost, 2023" in file["text"]
    assert "## And then?\n\n*Stopped.*" in file["text"]


def test_the_cited_papers_become_bibtex_each_once() -> None:
    file = cited_papers([_answered(), _answered()])
    assert file is not None
    assert file["text"].count("@misc{frost2023dough,") == 1
    assert cited_papers([Exchange("?")]) is None


def test_feedback_becomes_a_question_set_that_the_harness_takes(
    conversations: Conversations, tmp_path: Path
) -> None:
    helped, wrong = Feedback(helpful=True), Feedback(helpful=False)
    _judge(conversations, _answered("Helped?"), helped)
    _judge(conversations, _answered("Number?"), replace(wrong, correction="5 mm."))
    _judge(conversations, _answered("Name?"), replace(wrong, correction="BreadNet"))
    _judge(
        conversations,
        _answered("Explained?"),
        replace(wrong, correction="With BreadNet it rises by 5 mm in the oven."),
    )
    _judge(conversations, _answered("Unanswerable?"), replace(wrong, unanswerable=True))
    _judge(conversations, _answered("Abstained?", abstained=True), helped)
    _judge(conversations, _answered("Wrong, but what is right?"), wrong)

    file = tmp_path / "feedback.jsonl"
    lines = questions_from_feedback(conversations)
    file.write_text(question_set(lines)["text"], encoding="utf-8")
    questions = {question.text: question for question in load_questions(file)}

    assert {text: question.kind for text, question in questions.items()} == {
        "Helped?": "explain",
        "Number?": "number",
        "Name?": "name",
        "Explained?": "explain",
        "Unanswerable?": "unanswerable",
        "Abstained?": "unanswerable",
    }
    assert questions["Number?"].answers == ("5 mm",)
    assert set(questions["Explained?"].facts) == {("5",), ("BreadNet",)}
    assert questions["Helped?"].evidence == ("DoughNet rises 4 mm.",)
    assert {question.papers for question in questions.values()} == {("Dough",)}


def test_a_judged_follow_up_brings_its_conversation_along(conversations: Conversations) -> None:
    conversation = conversations.start("", "Rise").id
    save_new(conversations, conversation, _answered("What is DoughNet?"))
    follow_up = save_new(conversations, conversation, replace(_answered("How far?"), position=2))
    conversations.judge(conversation, follow_up.number, Feedback(helpful=True))

    [line] = questions_from_feedback(conversations)

    assert line["history"] == [{"question": "What is DoughNet?", "answer": "DoughNet rises 4 mm."}]
    assert line["standalone"] == "How far does dough rise?"
    json.dumps(line)
