"""How an exchange looks in the thread and in the sources, at each stage of its way."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import AnswerSentence, Citation
from assistant.chat.conversation.examples import example_questions
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.actions import settings_for
from assistant.chat.conversation.html.reply import confidence_in_words
from assistant.chat.conversation.html.sources_panel import sources_panel
from assistant.chat.conversation.html.thread import thread, welcome
from assistant.papers import Paper, sample_papers
from assistant.retrieval import Evidence
from assistant.settings import Settings
from assistant.text.sentences import Span

_DOUGH = Paper(title="Dough", abstract="Dough rises. It falls.", url="https://example.org/dough")
_BREAD = Paper(title="Bread", abstract="Bread is baked. It is sold.")
_RISES = Evidence(_DOUGH, Span(0, 12), 2.0)
_SOLD = Evidence(_BREAD, Span(16, 27), 1.0)


def _tags(html: str) -> set[str]:
    return set(re.findall(r"<(\w+)", html))


def _reply(exchange: Exchange) -> str:
    return thread([exchange])


def test_a_finished_sentence_carries_its_citations_and_unfinished_text_is_set_apart() -> None:
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


def test_a_sentence_that_its_source_does_not_support_is_flagged_with_what_is_missing() -> None:
    sentence = AnswerSentence("Rye <b> rises.", (1,), supported=False, missing=("Rye",))
    reply = _reply(Exchange("?", number=1, stage="answered", sentences=(sentence,)))
    assert re.search(
        r'<span class="unsupported" title="[^"]*Rye">Rye &lt;b&gt; rises\.</span>', reply
    )
    assert "Underlined: the cited abstract does not mention Rye." in reply


def test_sentences_that_were_left_out_are_told() -> None:
    assert "A sentence was left out" in _reply(Exchange("?", stage="writing", dropped=1))
    assert "2 sentences were left out" in _reply(
        Exchange("?", number=1, stage="writing", dropped=2)
    )


def test_stopped_keeps_what_was_written() -> None:
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
def test_each_wait_has_its_name(stage: str, said: str) -> None:
    reply = _reply(Exchange("?", number=1, stage=stage))  # type: ignore[arg-type]
    assert f'<div class="status" role="status">{said}</div>' in reply


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(1, "Waiting for another question"), (3, "Waiting for 3 other questions")],
)
def test_a_wait_for_others_says_for_how_many(ahead: int, said: str) -> None:
    assert said in _reply(Exchange("?", ahead=ahead))


@given(st.text(), st.text())
def test_whatever_is_said_becomes_no_markup_of_its_own(question: str, text: str) -> None:
    sentence = AnswerSentence(text, (), supported=True)
    exchange = Exchange(
        question, stage="failed", sentences=(sentence,), problem=text, limited_to=text
    )
    ours = thread([replace(exchange, question="?", sentences=(), problem="", limited_to="x")])
    copied = {"span"}  # of a sentence that is there
    assert _tags(thread([exchange])) <= _tags(ours) | {"br"} | copied
    assert _tags(welcome([question])) == _tags(welcome(["?"]))


def test_an_exchange_offers_to_be_edited_asked_again_and_judged_once_it_is_finished() -> None:
    pending = thread([Exchange("?", stage="writing")])
    assert "data-do" not in pending
    assert 'aria-busy="true"' in pending

    stopped = thread([Exchange("?", number=7, stage="stopped")])
    assert 'data-do="edit" data-on="submit" data-number="7"' in stopped
    assert 'data-way="wider"' in stopped
    assert 'data-do="helped"' not in stopped  # there is no answer


def test_a_question_to_chosen_papers_says_so() -> None:
    assert "Asked only: 2 papers" in thread([Exchange("?", limited_to="2 papers")])
    assert "Asked only" not in thread([Exchange("?")])


def test_without_papers_the_page_says_how_to_add_some() -> None:
    assert "assistant add FILE" in welcome(())


def test_while_an_answer_is_pending_its_evidence_is_shown_and_marked() -> None:
    panel = sources_panel([Exchange("?", number=1, stage="reading", evidence=(_RISES, _SOLD))])
    assert '<mark class="evidence">Dough rises.</mark> It falls.' in panel
    assert 'Bread is baked. <mark class="evidence">It is sold.</mark>' in panel


def test_when_it_is_answered_the_cited_papers_come_first_and_the_others_are_folded() -> None:
    exchange = Exchange(
        "?", number=1, stage="answered", evidence=(_RISES, _SOLD), citations=(Citation(1, _SOLD),)
    )
    panel = sources_panel([exchange])
    assert (
        panel.index("Bread is baked.") < panel.index("Also read (1)") < panel.index("Dough rises.")
    )
    assert '<mark class="quote" id="source-1-1"' in panel
    assert '<a href="https://example.org/dough"' in panel


def test_earlier_exchanges_are_folded_below_the_latest() -> None:
    exchanges = [
        Exchange("What rises?", number=1, stage="answered", evidence=(_RISES,)),
        Exchange("What is sold?", number=2, stage="answered", evidence=(_SOLD,)),
    ]
    panel = sources_panel(exchanges)
    assert panel.index("Bread is baked.") < panel.index("<summary>What rises?</summary>")
    assert "<summary>What is sold?</summary>" not in panel


@given(st.floats(0, 1))
def test_confidence_is_high_moderate_or_low(confidence: float) -> None:
    words = ["low", "moderate", "high"]
    rank = words.index(confidence_in_words(confidence))
    assert rank >= words.index(confidence_in_words(confidence / 2))


def test_examples_are_ours_for_the_sample_papers_and_about_the_titles_for_others() -> None:
    assert "What are the two roles in Self-Lengthen?" in example_questions(sample_papers())
    assert example_questions([_DOUGH, _BREAD]) == [
        "What does “Dough” propose?",
        "What does “Bread” propose?",
    ]
    assert example_questions([]) == []


def test_a_question_is_asked_again_with_more_papers_or_without_abstaining() -> None:
    settings = Settings(papers_read=3, evidence_sentences=6, abstention_threshold=0.3)
    assert settings_for("again", settings) == settings
    wider = settings_for("wider", settings)
    assert wider.papers_read > settings.papers_read
    assert wider.evidence_sentences > settings.evidence_sentences
    assert settings_for("bold", settings).abstention_threshold == 0.0
