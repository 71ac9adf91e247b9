"""The HTML of exchanges at each stage."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import AnswerSentence
from assistant.chat.conversation.examples import Example
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.reply import confidence_level
from assistant.chat.conversation.html.thread import thread, welcome


def _tags(html: str) -> set[str]:
    return set(re.findall(r"<(\w+)", html))


def _reply(exchange: Exchange) -> str:
    return thread([exchange])


def _welcome(question: str) -> str:
    return welcome(2, only_samples=False, examples=[Example("A fact", question)])


def test_finished_sentence_has_citations_and_unfinished_text_is_marked() -> None:
    reply = _reply(
        Exchange(
            "What does dough do?",
            number=2,
            stage="writing",
            sentences=(AnswerSentence("It rises.", (1,), supported=True),),
            unfinished=" And then",
        )
    )
    assert 'It rises.&nbsp;<a class="citation" href="#source-2-1"' in reply
    assert '<span class="unfinished">And then</span>' in reply


def test_unsupported_sentence_is_marked_with_what_is_missing() -> None:
    sentence = AnswerSentence("Rye <b> rises.", (1,), supported=False, missing=("Rye",))
    reply = _reply(Exchange("?", number=1, stage="answered", sentences=(sentence,)))
    assert re.search(
        r'<span class="unsupported" title="[^"]*Rye">Rye &lt;b&gt; rises\.</span>', reply
    )
    assert "Underlined: the cited abstract does not mention Rye." in reply


def test_dropped_sentences_are_counted() -> None:
    assert "One sentence was left out" in _reply(Exchange("?", stage="writing", dropped=1))
    assert "2 sentences were left out" in _reply(
        Exchange("?", number=1, stage="writing", dropped=2)
    )


def test_stopped_exchange_shows_its_text() -> None:
    reply = _reply(Exchange("?", number=1, stage="stopped", unfinished="Dough ri"))
    assert "Dough ri" in reply
    assert "Stopped." in reply


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("loading", "Loading the model"),
        ("searching", "Searching the papers"),
        ("reading", "Reading the evidence"),
    ],
)
def test_each_stage_has_a_status(stage: str, said: str) -> None:
    reply = _reply(Exchange("?", number=1, stage=stage))  # type: ignore[arg-type]
    assert f'<div class="status" role="status">{said}</div>' in reply


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(1, "Waiting for another question"), (3, "Waiting for 3 other questions")],
)
def test_waiting_status_counts_the_questions_ahead(ahead: int, said: str) -> None:
    assert said in _reply(Exchange("?", ahead=ahead))


@given(st.text(), st.text())
def test_no_text_becomes_markup(question: str, text: str) -> None:
    sentence = AnswerSentence(text, (), supported=True)
    exchange = Exchange(
        question, stage="failed", sentences=(sentence,), problem=text, limited_to=text
    )
    ours = thread([replace(exchange, question="?", sentences=(), problem="", limited_to="x")])
    copied = {"p"}  # of a sentence
    assert _tags(thread([exchange])) <= _tags(ours) | {"br"} | copied
    assert _tags(_welcome(question)) == _tags(_welcome("?"))


def test_actions_are_offered_only_for_finished_exchanges() -> None:
    pending = thread([Exchange("?", stage="writing")])
    assert "data-action" not in pending
    assert 'aria-busy="true"' in pending

    stopped = thread([Exchange("?", number=7, stage="stopped")])
    assert 'data-action="edit" data-event="submit" data-number="7"' in stopped
    assert 'data-retry="wider"' in stopped
    assert 'data-action="helped"' not in stopped  # there is no answer


def test_limited_question_names_its_scope() -> None:
    assert "Asked about 2 papers only" in thread([Exchange("?", limited_to="2 papers")])
    assert "Asked about" not in thread([Exchange("?")])


def test_welcome_of_an_empty_library_says_how_to_add_papers() -> None:
    html = welcome(0, only_samples=False, examples=())
    assert "No papers yet" in html
    assert 'data-goto="add-papers">Add your papers' in html


def test_welcome_says_what_the_library_holds() -> None:
    assert "109 sample papers on training methods" in welcome(109, only_samples=True, examples=())
    assert "<h2>1 paper</h2>" in welcome(1, only_samples=False, examples=())
    assert '<span class="kind">A fact</span>' in _welcome("What rises?")


def test_versions_of_a_turn_can_be_stepped_through() -> None:
    exchange = Exchange("?", number=5, stage="stopped", versions=(3, 5, 8))
    html = _reply(exchange)
    assert "<span>2/3</span>" in html
    assert 'data-number="5" data-version="3" aria-label="Earlier version"' in html
    assert 'data-version="8" aria-label="Later version"' in html
    assert "versions" not in _reply(replace(exchange, versions=(5,)))


@given(st.floats(0, 1))
def test_confidence_level_is_high_moderate_or_low(confidence: float) -> None:
    words = ["low", "moderate", "high"]
    rank = words.index(confidence_level(confidence))
    assert rank >= words.index(confidence_level(confidence / 2))
