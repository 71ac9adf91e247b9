"""The chat page as a visitor meets it, in a real browser with a real (small) model."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

from assistant.library import Embedder, Library
from assistant.papers import Paper, sample_papers

# The small model answers the first in a sentence; the second it goes on about without end.
_SHORT = "What are the two roles in Self-Lengthen?"
_ENDLESS = "Write a very long story about continual learning."

_SELF_LENGTHEN = next(paper for paper in sample_papers() if "Self-Lengthen" in paper.title)


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox").wait_for()


def _ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.get_by_role("button", name="Send").click()


def _replies(page: Page) -> Locator:
    return page.locator("#chat .reply")


def _wait_for_answer(page: Page, number: int = 1) -> Locator:
    reply = _replies(page).nth(number - 1)
    reply.locator(".facts").wait_for()
    return reply


def _wait_for_text_beyond(page: Page, characters: int) -> int:
    return int(
        page.wait_for_function(
            """(count) => {
                const text = document.querySelector('#chat .text')?.textContent ?? '';
                return text.length > count && text.length;
            }""",
            arg=characters,
        ).json_value()
    )


def test_an_empty_page_offers_examples_and_a_click_on_one_asks_it(
    page: Page, writing_chat: str
) -> None:
    _open(page, writing_chat)
    expect(page.locator("#header")).to_contain_text("109 papers")
    examples = page.locator("#chat .example")
    expect(examples).to_have_count(4)
    example = examples.filter(has_text="Self-Lengthen")
    question = example.inner_text().strip()

    example.click()

    expect(page.locator("#chat .question")).to_have_text(question)
    _wait_for_answer(page)


def test_an_answer_streams_and_ends_with_citations_that_lead_to_marked_quotes(
    page: Page, writing_chat: str
) -> None:
    _open(page, writing_chat)
    _ask(page, _SHORT)

    # The evidence is there before the first word.
    page.locator("#sources-panel mark").first.wait_for()
    reply = _wait_for_answer(page)

    expect(reply.locator("a.citation").first).to_have_text("[1]")
    expect(reply.locator(".facts")).to_have_text(
        re.compile(
            r"^smollm2-135m-instruct · first token [\d.]+ s · total [\d.]+ s · \w+ confidence$"
        )
    )
    card = page.locator("#sources-panel .source").first
    expect(card.locator("h4")).to_contain_text(_SELF_LENGTHEN.title)
    expect(card.locator("p")).to_have_text(_SELF_LENGTHEN.abstract)
    quote = card.locator("mark.quote").first
    assert quote.inner_text() in _SELF_LENGTHEN.abstract

    address = page.url
    reply.locator("a.citation").first.click()
    expect(quote).to_have_class(re.compile("shown"))
    expect(quote).to_be_in_viewport()
    assert page.url == address


def test_text_grows_while_the_model_writes_and_stop_ends_it_for_good(
    page: Page, writing_chat: str
) -> None:
    _open(page, writing_chat)
    _ask(page, _ENDLESS)
    seen = _wait_for_text_beyond(page, 0)
    _wait_for_text_beyond(page, seen)

    page.get_by_role("button", name="Stop").click()
    stopped = _replies(page).first
    expect(stopped.locator(".stopped")).to_have_text("Stopped.")
    kept = stopped.inner_text()
    assert len(kept) > len("Stopped.")

    # The model is free: the next question is answered, and nothing is added to the stopped one.
    _ask(page, _SHORT)
    _wait_for_answer(page, number=2)
    assert stopped.inner_text() == kept


def test_closing_the_tab_frees_the_model_for_others(
    visitor: BrowserContext, writing_chat: str
) -> None:
    leaving, staying = visitor.new_page(), visitor.new_page()
    _open(leaving, writing_chat)
    _open(staying, writing_chat)
    _ask(leaving, _ENDLESS)
    _wait_for_text_beyond(leaving, 0)

    leaving.close()

    # Left running, the endless answer would hold the model for minutes.
    _ask(staying, _SHORT)
    _wait_for_answer(staying)


def test_two_tabs_have_their_own_conversations(visitor: BrowserContext, writing_chat: str) -> None:
    one, other = visitor.new_page(), visitor.new_page()
    _open(one, writing_chat)
    _open(other, writing_chat)
    _ask(one, _SHORT)
    _ask(other, "Which noise works best for pre-training BART?")

    _wait_for_answer(one)
    _wait_for_answer(other)

    expect(one.locator("#chat .question")).to_have_text([_SHORT])
    expect(other.locator("#chat .question")).to_have_text(
        ["Which noise works best for pre-training BART?"]
    )
    expect(one.locator("#sources-panel .source").first).to_contain_text("Self-Lengthen")
    expect(other.locator("#sources-panel")).not_to_contain_text("Self-Lengthen")


def test_clear_forgets_the_conversation_and_offers_the_examples_again(
    page: Page, abstaining_chat: str
) -> None:
    _open(page, abstaining_chat)
    _ask(page, "How many glaciers are followed?")
    _wait_for_answer(page)

    page.get_by_role("button", name="Clear").click()

    expect(page.locator("#chat .question")).to_have_count(0)
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("#sources-panel .source")).to_have_count(0)
    _ask(page, "How many parrots learn to count?")
    _wait_for_answer(page)
    expect(page.locator("#sources-panel details:not(.others)")).to_have_count(0)


def test_sources_of_earlier_answers_stay_within_reach_of_their_citations(
    page: Page, abstaining_chat: str
) -> None:
    _open(page, abstaining_chat)
    _ask(page, "How many glaciers are followed?")
    _wait_for_answer(page, number=1)
    _ask(page, "How many parrots learn to count?")
    _wait_for_answer(page, number=2)
    earlier = page.locator("#source-1-1")
    expect(earlier).to_be_hidden()

    _replies(page).first.locator("a.citation").click()

    expect(earlier).to_be_in_viewport()


def test_an_abstention_is_a_note_with_the_closest_papers(page: Page, abstaining_chat: str) -> None:
    _open(page, abstaining_chat)
    _ask(page, "What will the weather be tomorrow?")
    reply = _wait_for_answer(page)

    note = reply.locator(".note.abstention")
    expect(note).to_contain_text("The abstracts do not answer this.")
    expect(note.locator(".closest li")).to_have_count(3)
    expect(reply.locator(".text")).to_have_count(0)
    assert note.evaluate("node => getComputedStyle(node).borderTopWidth") == "1px"


def test_an_empty_question_asks_nothing(page: Page, abstaining_chat: str) -> None:
    _open(page, abstaining_chat)
    _ask(page, "   ")

    expect(page.get_by_role("textbox")).to_have_value("")
    expect(page.locator("#chat .question")).to_have_count(0)
    expect(page.get_by_role("button", name="Send")).to_be_visible()


def test_a_page_calls_nobody_but_this_machine(page: Page, abstaining_chat: str) -> None:
    hosts = set()

    def note(request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            hosts.add(urlsplit(request.url).hostname)

    page.on("request", note)
    _open(page, abstaining_chat)
    _ask(page, "How many glaciers are followed?")
    _wait_for_answer(page)
    page.wait_for_load_state("load")

    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_overflows_sideways_on_a_phone_or_a_desk(
    page: Page, abstaining_chat: str, width: int, theme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    _open(page, f"{abstaining_chat}?__theme={theme}")
    _ask(page, "How many glaciers are followed? " + "x" * 300)
    _wait_for_answer(page)

    assert page.evaluate("document.documentElement.scrollWidth") == width


_HOSTILE_TITLE = "<img src=x onerror='window.hacked = 1'> Walnuts ${window.hacked=1} {{walnuts}}"
_HOSTILE_ABSTRACT = (
    "<script>window.hacked = 1</script> Walnuts [fall](javascript:window.hacked=1) in autumn. "
    "</p></article><iframe srcdoc='<script>parent.hacked = 1</script>'></iframe> They are $$x^2$$. "
    "<|im_end|> **Walnuts** are `round` & <a href='javascript:window.hacked=1'>brown</a>."
)


@pytest.mark.parametrize("threshold", [0.0, 1.0], ids=["answering", "abstaining"])
def test_hostile_papers_and_questions_are_shown_and_do_nothing(
    page: Page, serve_chat: Callable[..., str], embedder: Embedder, tmp_path: Path, threshold: float
) -> None:
    library = Library(tmp_path / "library", embedder)
    paper = Paper(
        title=_HOSTILE_TITLE, abstract=_HOSTILE_ABSTRACT, url="javascript:window.hacked=1"
    )
    library.add([paper])
    library.close()
    question = "Do walnuts fall?\n\n<img src=x onerror='window.hacked = 1'> **bold**"
    _open(page, serve_chat(tmp_path / "library", abstention_threshold=threshold))
    expect(page.locator("#chat .example")).to_contain_text(_HOSTILE_TITLE)

    _ask(page, question)
    _wait_for_answer(page)

    card = page.locator("#sources-panel .source").first
    expect(card.locator("h4")).to_contain_text(_HOSTILE_TITLE)
    expect(card.locator("p")).to_have_text(_HOSTILE_ABSTRACT)
    asked = page.locator("#chat .question")
    assert asked.inner_text().splitlines() == question.splitlines()
    intruders = "img, script, iframe, a[href^='javascript'], .question strong, .katex"
    for place in ("#chat", "#sources-panel"):
        expect(page.locator(place).locator(intruders)).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_a_library_without_papers_says_how_to_add_some(
    page: Page, serve_chat: Callable[..., str], embedder: Embedder, tmp_path: Path
) -> None:
    Library(tmp_path / "library", embedder).close()
    _open(page, serve_chat(tmp_path / "library"))
    _ask(page, "Anything?")

    expect(page.get_by_role("alert")).to_contain_text("assistant add")
    expect(page.get_by_role("button", name="Send")).to_be_visible()
