"""Ask questions in the browser: streaming, stopping, several tabs, abstention."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from chat_steps import (
    LongWritingChat,
    ask,
    open_chat,
    question_box,
    replies,
    wait_for_answer,
    wait_for_text_beyond,
)
from playwright.sync_api import BrowserContext, Page, expect

from assistant.chat.conversation.exchange import Exchange
from assistant.chat.jobs.running_answers import RunningAnswers
from assistant.llm.llama.model import LlamaModel
from assistant.papers import sample_papers

_SHORT = "What are the two roles in Self-Lengthen?"
_ENDLESS = "Why does SLCA work?"  # if asked in `never_ending`

_SELF_LENGTHEN = next(paper for paper in sample_papers() if "Self-Lengthen" in paper.title)


@contextmanager
def never_ending() -> Iterator[None]:
    """Let the model write until it is stopped, and slowly.

    The small one may end after any sentence, and reach its limit before a busy page shows it.
    """

    def go_on(model: LlamaModel, token: int) -> bool:
        time.sleep(0.05)
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LlamaModel, "is_end_of_generation", go_on)
        yield


def test_click_on_an_example_asks_it(page: Page, writing_chat: str) -> None:
    open_chat(page, writing_chat)
    expect(page.locator("#header")).to_contain_text("109 papers")
    examples = page.locator("#chat .example")
    expect(examples).to_have_count(4)
    example = examples.filter(has_text="Self-Lengthen")
    question = str(example.get_attribute("data-question"))

    example.click()

    expect(page.locator("#chat .question")).to_have_text(question)
    wait_for_answer(page)


def test_answer_cites_marked_quotes_that_a_click_scrolls_to(page: Page, writing_chat: str) -> None:
    open_chat(page, writing_chat)
    ask(page, _SHORT)

    # The evidence is there before the first word.
    page.locator("#sources-panel mark").first.wait_for()
    reply = wait_for_answer(page)

    expect(reply.locator("a.citation").first).to_have_text(re.compile(r"^\[1a?\]$"))
    expect(reply.locator(".details > span")).to_have_text(re.compile(r"source.* · \w+ confidence$"))
    reply.get_by_label("Model and timings").click()
    expect(reply.locator(".info")).to_have_text(
        re.compile(r"smollm2-135m-instruct · first token [\d.]+ s · total [\d.]+ s$")
    )
    card = page.locator("#sources-panel .source").first
    expect(card.locator("h4")).to_contain_text(_SELF_LENGTHEN.title)
    expect(card.locator(".abstract p")).to_have_text(_SELF_LENGTHEN.abstract)
    quote = page.locator(str(reply.locator("a.citation").first.get_attribute("href")))
    assert quote.inner_text() in _SELF_LENGTHEN.abstract

    address = page.url
    reply.locator("a.citation").first.hover()
    preview = page.get_by_role("tooltip")
    expect(preview.locator("h4")).to_contain_text(_SELF_LENGTHEN.title)
    expect(preview.locator("mark").first).to_have_text(quote.inner_text())

    reply.locator("a.citation").first.click()
    expect(quote).to_have_class(re.compile("shown"))
    expect(quote).to_be_in_viewport()
    assert page.url == address


def test_text_grows_while_the_model_writes_until_stop(
    page: Page, long_writing_chat: LongWritingChat
) -> None:
    open_chat(page, long_writing_chat.address)
    with never_ending():
        ask(page, _ENDLESS)
        seen = wait_for_text_beyond(page, 0)
        wait_for_text_beyond(page, seen)

        page.get_by_role("button", name="Stop").click()
        stopped = replies(page).first
        expect(stopped.locator(".stopped")).to_have_text("Stopped.")
        kept = stopped.inner_text()
    assert len(kept) > len("Stopped.")

    # The model is free: the next question is answered, and nothing is added to the stopped one.
    ask(page, _SHORT)
    wait_for_answer(page, number=2)
    assert stopped.inner_text() == kept


def test_other_actions_do_not_interrupt_a_running_answer(
    page: Page, long_writing_chat: LongWritingChat
) -> None:
    other = "How far does dough rise?"
    long_writing_chat.save_conversation(other)
    open_chat(page, long_writing_chat.save_conversation(_SHORT))
    with never_ending():
        ask(page, _ENDLESS)
        page.locator("#live .text").wait_for()
        stop = page.get_by_role("button", name="Stop")

        helped = page.locator("#past").get_by_label("This helped")
        helped.click()
        expect(helped).to_have_attribute("aria-pressed", "true")
        expect(stop).to_be_visible()
        page.locator("#past").get_by_label("Delete question and answer").click()
        expect(page.locator("#chat .question")).to_have_text([_ENDLESS])
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#chat .question")).to_have_text([_SHORT, _ENDLESS])
        listed = page.locator("#history-list li").filter(has_text=other).first
        listed.locator("summary").click()
        listed.get_by_role("button", name="Delete").click()
        expect(page.locator("#notice")).to_contain_text("The conversation was deleted.")
        expect(page.locator("#live .stopped")).to_have_count(0)

        stop.click()
        expect(page.locator("#live .stopped")).to_have_text("Stopped.")
        expect(page.locator("#chat .question")).to_have_text([_SHORT, _ENDLESS])


def test_answer_goes_on_without_its_tab_and_other_tabs_follow_it(
    visitor: BrowserContext, long_writing_chat: LongWritingChat
) -> None:
    asking, following = visitor.new_page(), visitor.new_page()
    conversation = long_writing_chat.save_conversation(_SHORT)
    open_chat(asking, conversation)
    open_chat(following, conversation)

    with never_ending():
        ask(asking, _ENDLESS)
        expect(following.locator("#chat .question")).to_have_text([_SHORT, _ENDLESS])
        seen = wait_for_text_beyond(following, 0, live=True)
        asking.close()
        seen = wait_for_text_beyond(following, seen, live=True)
        following.reload()
        wait_for_text_beyond(following, seen, live=True)
        expect(following.locator("#chat .question")).to_have_text([_SHORT, _ENDLESS])
        following.get_by_role("button", name="Stop").click()
        expect(following.locator("#live .stopped")).to_have_text("Stopped.")
        expect(following.get_by_role("button", name="Send")).to_be_visible()


def test_leaving_a_conversation_does_not_stop_its_answer(
    page: Page, long_writing_chat: LongWritingChat
) -> None:
    open_chat(page, long_writing_chat.address)
    with never_ending():
        ask(page, _ENDLESS)
        seen = wait_for_text_beyond(page, 0)
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator("#chat .question")).to_have_count(0)
        expect(page.get_by_role("button", name="Send")).to_be_visible()
        page.locator("#history-list .open").first.click()
        wait_for_text_beyond(page, seen)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("#live .stopped")).to_have_text("Stopped.")


def test_follow_up_in_a_conversation_that_another_tab_deleted_keeps_its_context(
    visitor: BrowserContext, abstaining_chat: str
) -> None:
    asking, deleting = visitor.new_page(), visitor.new_page()
    first, second = "How many parrots learn to count?", "And what do they count?"
    open_chat(asking, abstaining_chat)
    ask(asking, first)
    wait_for_answer(asking)
    open_chat(deleting, asking.url)
    item = deleting.locator("#history-list li[aria-current]")
    item.locator("summary").click()
    item.get_by_role("button", name="Delete").click()
    expect(deleting.locator("#chat .question")).to_have_count(0)
    expect(asking.locator("#notice")).to_contain_text("deleted in another tab")
    expect(asking.locator("#history-list li[aria-current]")).to_have_count(0)

    ask(asking, second)
    wait_for_answer(asking, number=2)
    expect(asking.locator("#chat .question")).to_have_text([first, second])
    expect(asking.locator("#notice")).to_contain_text("brought it back")


def test_answer_that_ends_before_the_page_follows_it_is_shown(
    page: Page, abstaining_chat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def follow_too_late(
        answers: RunningAnswers[Exchange], number: int, leave: threading.Event
    ) -> Iterator[Exchange]:
        list(follow(answers, number, leave))
        return iter(())

    follow = RunningAnswers.follow
    monkeypatch.setattr(RunningAnswers, "follow", follow_too_late)
    open_chat(page, abstaining_chat)
    ask(page, "How many parrots learn to count?")
    wait_for_answer(page)


def test_two_tabs_have_separate_conversations(visitor: BrowserContext, writing_chat: str) -> None:
    one, other = visitor.new_page(), visitor.new_page()
    open_chat(one, writing_chat)
    open_chat(other, writing_chat)
    ask(one, _SHORT)
    ask(other, "Which noise works best for pre-training BART?")

    wait_for_answer(one)
    wait_for_answer(other)

    expect(one.locator("#chat .question")).to_have_text([_SHORT])
    expect(other.locator("#chat .question")).to_have_text(
        ["Which noise works best for pre-training BART?"]
    )
    expect(one.locator("#sources-panel .source").first).to_contain_text("Self-Lengthen")
    expect(other.locator("#sources-panel")).not_to_contain_text("Self-Lengthen")


def test_citation_of_an_earlier_answer_opens_its_folded_sources(
    page: Page, abstaining_chat: str
) -> None:
    open_chat(page, abstaining_chat)
    ask(page, "How many glaciers are followed?")
    wait_for_answer(page, number=1)
    ask(page, "How many parrots learn to count?")
    wait_for_answer(page, number=2)
    citation = replies(page).first.locator("a.citation")
    earlier = page.locator(str(citation.get_attribute("href")))
    expect(earlier).to_be_hidden()

    citation.click()

    expect(earlier).to_be_in_viewport()


def test_abstention_is_a_note_with_the_closest_papers(page: Page, abstaining_chat: str) -> None:
    open_chat(page, abstaining_chat)
    ask(page, "How long do parrots live?")
    reply = wait_for_answer(page)

    note = reply.locator(".note.abstention")
    expect(note).to_contain_text("The abstracts do not answer this.")
    expect(note.locator(".closest li")).to_have_count(3)
    expect(reply.locator(".text")).to_have_count(0)
    assert note.evaluate("node => getComputedStyle(node).borderTopWidth") == "1px"


def test_empty_question_is_not_asked(page: Page, abstaining_chat: str) -> None:
    open_chat(page, abstaining_chat)
    ask(page, "   ")

    expect(question_box(page)).to_have_value("")
    expect(page.locator("#chat .question")).to_have_count(0)
    expect(page.get_by_role("button", name="Send")).to_be_visible()
