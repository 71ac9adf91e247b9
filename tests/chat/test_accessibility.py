"""Accessibility: contrast, keyboard, focus, reduced motion."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from chat_steps import SavedChat, open_chat, question_box
from contrast import contrast
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_tabs_and_placeholders_have_enoughcontrast(
    page: Page, saved_chat: SavedChat, theme: str
) -> None:
    open_chat(page, f"{saved_chat.url('short')}&__theme={theme}")
    for tab in page.get_by_role("tab").all():
        assert contrast(tab) >= 4.5
    assert contrast(question_box(page), "::placeholder") >= 4.5
    assert contrast(page.get_by_label("Search conversations"), "::placeholder") >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_card_of_a_citation_has_enough_contrast(
    page: Page, saved_chat: SavedChat, theme: str
) -> None:
    open_chat(page, f"{saved_chat.url('long')}&__theme={theme}")
    # The last of the papers is one with a link.
    page.locator("#live a.citation").last.hover()
    title = page.get_by_role("tooltip").locator("h4 a")
    expect(title).to_be_visible()
    assert contrast(title) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ticks_are_visible(page: Page, saved_chat: SavedChat, theme: str) -> None:
    page.goto(f"{saved_chat.url('short')}&tab=library&__theme={theme}")
    tick = page.locator("table.papers tbody input").first
    tick.check()
    page.get_by_role("tab", name="Chat").click()
    page.get_by_label("This is wrong").click()
    unanswerable = page.get_by_label("The papers do not say")
    unanswerable.check()
    # The tick is white: its box has to be dark enough.
    for box in (tick, unanswerable):
        color = box.evaluate("node => getComputedStyle(node).backgroundColor")
        assert sum(map(int, re.findall(r"\d+", color)[:3])) < 400


def test_slash_and_skip_link_focus_the_main_field_of_a_tab(
    page: Page, saved_chat: SavedChat
) -> None:
    open_chat(page, saved_chat.url("short"))
    page.locator("#bar h2").click()
    page.keyboard.press("/")
    expect(question_box(page)).to_be_focused()
    page.get_by_role("tab", name="Library").click()
    page.keyboard.press("/")
    search = page.get_by_label("Search the papers")
    expect(search).to_be_focused()
    search.blur()
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    expect(search).to_be_focused()


def test_escape_closes_the_paper_and_returns_the_focus(page: Page, saved_chat: SavedChat) -> None:
    page.goto(f"{saved_chat.address}?tab=library")
    title = page.locator("table.papers td.title button").nth(3)
    title.click()
    expect(page.locator("article.paper")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("article.paper")).to_have_count(0)
    expect(title).to_be_focused()


def test_conversation_has_one_tab_stop_and_arrow_keys_reach_its_menu(
    page: Page, saved_chat: SavedChat
) -> None:
    open_chat(page, saved_chat.url("short"))
    first, second = (page.locator("#history-list .open").nth(index) for index in (0, 1))
    first.focus()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#history-list details.menu[open]")).to_have_count(1)


def test_nothing_moves_with_reduced_motion(page: Page, saved_chat: SavedChat) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_chat(page, saved_chat.url("short"))
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((node) => {
          const style = getComputedStyle(node);
          return style.animationName !== 'none' || !/^(0s(, )?)+$/.test(style.transitionDuration);
        }).length"""
    )
    assert moving == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tab", ["chat", "library", "saved", "evals", "settings"])
def test_axe_finds_nothing_serious(page: Page, saved_chat: SavedChat, tab: str, theme: str) -> None:
    page.goto(f"{saved_chat.url('short')}&tab={tab}&__theme={theme}")
    selected = page.get_by_role("tab", name=tab.title())
    expect(selected).to_have_attribute("aria-selected", "true")
    page.locator("#tabs [role=tabpanel] h2, #tabs table").locator("visible=true").first.wait_for()
    violations = Axe().run(page).response["violations"]
    serious = [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in violations
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
