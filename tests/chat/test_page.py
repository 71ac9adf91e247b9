"""The whole page in the browser: keyboard, connection, layout, logins."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chat_steps import ask, open_chat, question_box, wait_for_answer
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from assistant.library import Embedder, Library


def test_keyboard_asks_opens_a_source_and_closes_a_menu(page: Page, abstaining_chat: str) -> None:
    open_chat(page, abstaining_chat)
    page.locator("#chat .example").first.focus()
    page.keyboard.press("/")
    page.keyboard.type("How many glaciers are followed?")
    page.keyboard.press("Enter")
    reply = wait_for_answer(page)

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


def test_lost_connection_is_reported_until_it_is_back(page: Page, abstaining_chat: str) -> None:
    open_chat(page, abstaining_chat)
    page.route("**/app_id", lambda route: route.abort())
    expect(page.locator("#lost")).to_contain_text("reconnects by itself")
    page.unroute("**/app_id")
    expect(page.locator("#lost")).to_be_hidden()


def test_page_makes_requests_to_this_machine_only(page: Page, abstaining_chat: str) -> None:
    hosts = set()

    def note(request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            hosts.add(urlsplit(request.url).hostname)

    page.on("request", note)
    open_chat(page, abstaining_chat)
    ask(page, "How many glaciers are followed?")
    wait_for_answer(page)
    page.wait_for_load_state("load")

    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_overflows_sideways(
    page: Page, abstaining_chat: str, width: int, theme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_chat(page, f"{abstaining_chat}?__theme={theme}")
    ask(page, "How many glaciers are followed? " + "x" * 300)
    wait_for_answer(page)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_empty_library_says_how_to_add_papers(
    page: Page, serve_chat: Callable[..., str], embedder: Embedder, tmp_path: Path
) -> None:
    Library(tmp_path / "library", embedder).close()
    open_chat(page, serve_chat(tmp_path / "library"))
    expect(page.locator("#chat .welcome")).to_contain_text("No papers yet")
    ask(page, "Anything?")

    expect(page.get_by_role("alert").filter(has_text="assistant add")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_visible()


def test_login_is_required_and_conversations_are_private(
    browser: Browser,
    serve_chat: Callable[..., str],
    make_library: Callable[[Path], Path],
    tmp_path: Path,
) -> None:
    address = serve_chat(
        make_library(tmp_path / "library"),
        auth=["ada:frost", "bo:melt:reader"],
        abstention_threshold=1.0,
    )
    asked = "How many glaciers are followed?"

    def enter(name: str, password: str) -> Page:
        page = browser.new_context().new_page()
        page.goto(address)
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        return page

    ada = enter("ada", "frost")
    question_box(ada).wait_for()
    ask(ada, asked)
    wait_for_answer(ada)
    expect(ada.locator("#history-list .open")).to_have_text([asked])

    bo = enter("bo", "melt")
    question_box(bo).wait_for()
    expect(bo.locator("#history-list")).to_contain_text("None yet")
    bo.goto(ada.url)  # nor by its address
    expect(bo.locator("#chat .example").first).to_be_visible()

    stranger = enter("ada", "guessed")
    expect(stranger.locator("body")).to_contain_text("The name or the password is wrong")
    expect(question_box(stranger)).to_have_count(0)
    for page in (ada, bo, stranger):
        page.context.close()


def test_more_tabs_than_a_browser_has_connections_can_ask_at_once(
    visitor: BrowserContext, abstaining_chat: str
) -> None:
    tabs = [visitor.new_page() for _ in range(8)]
    for tab in tabs:
        open_chat(tab, abstaining_chat)
    for tab in tabs[:4]:  # as many questions as one visitor may have in the queue
        ask(tab, "How many parrots learn to count?")
    for tab in tabs[:4]:
        wait_for_answer(tab)
    for tab in tabs[4:]:
        ask(tab, "How many glaciers are followed?")
    for tab in tabs[4:]:
        wait_for_answer(tab)


def test_page_works_where_no_websocket_gets_through(page: Page, abstaining_chat: str) -> None:
    page.route_web_socket("**/*", lambda socket: socket.close(code=1011))
    open_chat(page, abstaining_chat)
    ask(page, "How many parrots learn to count?")
    wait_for_answer(page)
