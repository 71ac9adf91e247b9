"""The chat page as a visitor meets it, in a real browser with a real (small) model."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import gradio as gr
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from assistant import Assistant, Settings
from assistant.chat.conversation.tab import build_chat_tab
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.page import appearance
from assistant.chat.shell import CHAT, Shell
from assistant.chat.state import AppState
from assistant.library import EVERYTHING, Conversations, Embedder, Library, Scope
from assistant.library.conversations import FILE_NAME
from assistant.papers import Paper, sample_papers

# The small model answers the first in a sentence; the second it goes on about without end.
_SHORT = "What are the two roles in Self-Lengthen?"
_ENDLESS = "Write a very long story about continual learning."

_SELF_LENGTHEN = next(paper for paper in sample_papers() if "Self-Lengthen" in paper.title)


def _open(page: Page, address: str) -> None:
    page.goto(address)
    _box(page).wait_for()
    page.locator("#live .welcome, #live .exchange").wait_for()


def _box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Question", exact=True)


def _ask(page: Page, question: str) -> None:
    _box(page).fill(question)
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
    quote = card.locator("mark.quote[data-citation='1']")
    assert quote.inner_text() in _SELF_LENGTHEN.abstract

    address = page.url
    reply.locator("a.citation").first.hover()
    preview = page.get_by_role("tooltip")
    expect(preview.locator("h4")).to_contain_text(_SELF_LENGTHEN.title)
    expect(preview.locator("mark").first).to_have_text(quote.inner_text().removeprefix("1"))

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


def test_what_is_done_elsewhere_leaves_the_answer_being_written_alone(
    page: Page, writing_chat: str
) -> None:
    _open(page, writing_chat)
    other = "How does LightSeq divide the work on long sequences?"
    _ask(page, other)
    _wait_for_answer(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .question")).to_have_count(0)
    _ask(page, _SHORT)
    _wait_for_answer(page)
    _ask(page, _ENDLESS)
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


def test_conversations_are_listed_found_renamed_deleted_and_brought_back(
    page: Page, abstaining_chat: str
) -> None:
    _open(page, abstaining_chat)
    glaciers, parrots = "Which glaciers melt in Norway?", "Which parrots learn to count?"
    _ask(page, glaciers)
    _wait_for_answer(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .question")).to_have_count(0)
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("#sources-panel .source")).to_have_count(0)
    _ask(page, parrots)
    _wait_for_answer(page)
    listed = page.locator("#history-list .open")
    expect(page.locator("#history-list [aria-current] .open")).to_have_text(parrots)
    assert listed.all_inner_texts()[:2] == [parrots, glaciers]

    # By its address a conversation is there again after a reload, and from the list.
    page.reload()
    expect(page.locator("#chat .question")).to_have_text(parrots)
    page.get_by_label("Search conversations").fill("norw mel")
    expect(listed).to_have_text([glaciers])
    listed.first.click()
    expect(page.locator("#chat .question")).to_have_text(glaciers)
    expect(page.locator("#sources-panel .source").first).to_be_visible()

    menu = page.locator("#history-list details.menu").first
    menu.locator("summary").click()
    menu.get_by_label("Title").fill("Ice")
    page.keyboard.press("Enter")
    expect(page.locator("#bar h2")).to_have_text("Ice")

    menu.locator("summary").click()
    menu.get_by_role("button", name="Delete").click()
    expect(page.locator("#chat .question")).to_have_count(0)
    expect(listed).to_have_count(0)  # of those that have these words
    page.get_by_role("button", name="Undo").click()
    expect(listed).to_have_text(["Ice"])


def test_an_exchange_is_edited_asked_again_judged_copied_deleted_and_brought_back(
    page: Page, abstaining_chat: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _open(page, abstaining_chat)
    _ask(page, "How many glaciers are folowed?")
    _wait_for_answer(page)
    exchange = page.locator("#live .exchange")

    exchange.locator("summary[title^=Edit]").click()
    edited = exchange.get_by_label("The question, edited")
    expect(edited).to_have_value("How many glaciers are folowed?")
    edited.fill("How many glaciers are followed?")
    edited.press("Enter")
    expect(page.locator("#chat .question")).to_have_text(["How many glaciers are followed?"])
    _wait_for_answer(page)
    expect(page.locator("#notice")).to_contain_text("replaced")

    exchange.get_by_label("Copy the answer").click()
    expect(exchange.locator(".copied")).to_be_visible()
    assert "The abstracts do not answer this." in page.evaluate("navigator.clipboard.readText()")

    exchange.get_by_label("This is wrong").click()
    exchange.get_by_label("What is the right answer?").fill("14")
    exchange.get_by_role("button", name="Save").click()
    expect(page.locator("#notice")).to_contain_text("kept")
    expect(exchange.locator("summary[data-pressed=true]")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_label("Export").click()
        page.get_by_role("button", name="feedback as a question set").click()
    [line] = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["answers"] == ["14"]

    exchange.get_by_label("This helped").click()
    expect(exchange.get_by_label("This helped")).to_have_attribute("aria-pressed", "true")

    # The question itself decides now, not the threshold: the model is made to answer.
    exchange.get_by_role("button", name="Answer anyway").click()
    expect(exchange.locator(".note.abstention")).to_have_count(0)
    _wait_for_answer(page)

    exchange.get_by_label("Delete question and answer").click()
    expect(page.locator("#chat .question")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#chat .question")).to_have_count(1)


def test_a_conversation_and_its_cited_papers_can_be_taken_away(
    page: Page, abstaining_chat: str
) -> None:
    _open(page, abstaining_chat)
    _ask(page, "How many glaciers are followed?")
    _wait_for_answer(page)
    for button, starts in [("Markdown", "# How many glaciers"), ("BibTeX", "@misc{")]:
        with page.expect_download() as download:
            page.get_by_label("Export").click()
            page.get_by_role("button", name=button).click()
        assert Path(download.value.path()).read_text(encoding="utf-8").startswith(starts)


def test_the_keyboard_alone_asks_opens_a_source_and_closes_a_menu(
    page: Page, abstaining_chat: str
) -> None:
    _open(page, abstaining_chat)
    page.locator("#chat .example").first.focus()
    page.keyboard.press("/")
    page.keyboard.type("How many glaciers are followed?")
    page.keyboard.press("Enter")
    reply = _wait_for_answer(page)

    reply.locator("a.citation").first.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("Glacier Melt Seen from Balloons")
    page.keyboard.press("Enter")
    expect(page.locator("#sources-panel mark.shown")).to_be_focused()
    expect(page.get_by_role("tooltip")).to_be_hidden()

    menu = page.locator("#live details.menu").first
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")


def test_a_lost_connection_is_told_until_it_is_back(page: Page, abstaining_chat: str) -> None:
    _open(page, abstaining_chat)
    page.route("**/app_id", lambda route: route.abort())
    expect(page.locator("#lost")).to_contain_text("goes on by itself")
    page.unroute("**/app_id")
    expect(page.locator("#lost")).to_be_hidden()


def test_sources_of_earlier_answers_stay_within_reach_of_their_citations(
    page: Page, abstaining_chat: str
) -> None:
    _open(page, abstaining_chat)
    _ask(page, "How many glaciers are followed?")
    _wait_for_answer(page, number=1)
    _ask(page, "How many parrots learn to count?")
    _wait_for_answer(page, number=2)
    citation = _replies(page).first.locator("a.citation")
    earlier = page.locator(str(citation.get_attribute("href")))
    expect(earlier).to_be_hidden()

    citation.click()

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

    expect(_box(page)).to_have_value("")
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
    page.reload()  # from what was saved, it looks the same
    _wait_for_answer(page)
    assert asked.inner_text().splitlines() == question.splitlines()
    expect(page.locator("#bar h2")).to_contain_text("<img src=x")
    for place in ("#chat", "#sources-panel", "#history-list", "#bar"):
        expect(page.locator(place).locator(intruders)).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_a_library_without_papers_says_how_to_add_some(
    page: Page, serve_chat: Callable[..., str], embedder: Embedder, tmp_path: Path
) -> None:
    Library(tmp_path / "library", embedder).close()
    _open(page, serve_chat(tmp_path / "library"))
    expect(page.locator("#chat .welcome")).to_contain_text("No papers yet")
    _ask(page, "Anything?")

    expect(page.get_by_role("alert").filter(has_text="assistant add")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_visible()


def test_a_question_is_limited_to_chosen_papers_until_the_chip_is_cleared(
    page: Page,
    embedder: Embedder,
    made_up_papers: list[Paper],
    tmp_path: Path,
    free_port: Callable[[], int],
) -> None:
    library = Library(tmp_path / "library", embedder)
    library.add(made_up_papers)
    library.close()
    parrots = made_up_papers[1]
    # The small model's word on which paper answers is worth nothing: the ranking stays.
    settings = Settings(model="smollm2-135m-instruct", abstention_threshold=1.0, papers_reranked=0)
    with Assistant.open(tmp_path / "library", settings=settings) as assistant:
        conversations = Conversations(tmp_path / "library" / FILE_NAME)
        app = AppState(assistant, ModelLoading(assistant.load), conversations)
        with gr.Blocks() as blocks:
            shell = Shell(blocks, gr.Tabs(), gr.State(EVERYTHING), gr.HTML(), gr.HTML())
            with shell.tabs:
                with gr.Tab("Elsewhere"):
                    button = gr.Button("Ask about it")
                with gr.Tab("Chat", id=CHAT) as chat:
                    build_chat_tab(app, shell, chat)
            button.click(
                lambda: shell.ask_about(Scope(papers=(parrots.id,))), outputs=shell.to_chat
            )
        _, address, _ = blocks.launch(
            server_port=free_port(), prevent_thread_lock=True, quiet=True, **appearance()
        )
        page.goto(address)
        page.get_by_role("button", name="Ask about it").click()
        expect(page.locator("#scope .chip")).to_contain_text("Teaching Parrots to Count")
        _ask(page, "How many glaciers are followed?")
        _wait_for_answer(page)
        expect(page.locator("#live .limited")).to_contain_text("Teaching Parrots to Count")
        expect(page.locator("#sources-panel .source h4")).to_have_text(["1" + parrots.title])

        page.get_by_label("Ask all papers again").click()
        expect(page.locator("#scope .chip")).to_have_count(0)
        _ask(page, "How many glaciers are followed?")
        _wait_for_answer(page, number=2)
        expect(page.locator("#live .limited")).to_have_count(0)
        sources = page.locator("#sources-panel .source h4")
        expect(sources).not_to_have_text(["1" + parrots.title])
        blocks.close(verbose=False)
        conversations.close()


def test_only_who_knows_a_password_gets_in_and_sees_their_own_conversations(
    browser: Browser,
    serve_chat: Callable[..., str],
    embedder: Embedder,
    made_up_papers: list[Paper],
    tmp_path: Path,
) -> None:
    library = Library(tmp_path / "library", embedder)
    library.add(made_up_papers)
    library.close()
    address = serve_chat(
        library.folder, auth=[("ada", "frost"), ("bo", "melt")], abstention_threshold=1.0
    )
    asked = "How many glaciers are followed?"

    def enter(name: str, password: str) -> Page:
        page = browser.new_context().new_page()
        page.goto(address)
        page.get_by_label("username").fill(name)
        page.get_by_label("password").fill(password)
        page.get_by_role("button", name="Login").click()
        return page

    ada = enter("ada", "frost")
    _box(ada).wait_for()
    _ask(ada, asked)
    _wait_for_answer(ada)
    expect(ada.locator("#history-list .open")).to_have_text([asked])

    bo = enter("bo", "melt")
    _box(bo).wait_for()
    expect(bo.locator("#history-list")).to_contain_text("None yet")
    bo.goto(ada.url)  # nor by its address
    expect(bo.locator("#chat .example").first).to_be_visible()

    stranger = enter("ada", "guessed")
    expect(stranger.locator("body")).to_contain_text("Incorrect Credentials")
    expect(_box(stranger)).to_have_count(0)
    for page in (ada, bo, stranger):
        page.context.close()
