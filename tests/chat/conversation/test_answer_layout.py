"""The layout of answers: lists, menus, the correction form, the citation card."""

import re

from chat_steps import SavedChat, open_chat
from playwright.sync_api import FloatRect, Locator, Page, expect


def _box(node: Locator) -> FloatRect:
    box = node.bounding_box()
    assert box is not None
    return box


def test_list_has_bullets_and_bold_linked_titles(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("long"))
    entries = page.locator("#live .text li")
    expect(entries).to_have_count(30)
    expect(entries.first).to_have_css("list-style-type", "disc")
    linked = next(paper for paper in saved_chat.papers if paper.link)
    title = entries.nth(saved_chat.papers.index(linked)).locator("strong a")
    expect(title).to_have_text(linked.title)
    expect(title).to_have_attribute("href", str(linked.link))


def test_long_answer_is_shown_from_its_question_on(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("long"))
    expect(page.locator("#live .text li")).to_have_count(30)
    expect(page.locator("#live .question")).to_be_in_viewport()
    expect(page.locator("#live .text p").first).to_be_in_viewport()


def test_correction_form_does_not_cover_the_answer(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("short"))
    page.get_by_label("This is wrong").click()
    form = page.locator("#live form[data-action=correct]")
    expect(form).to_be_in_viewport(ratio=0.95)
    text = _box(page.locator("#live .text"))
    assert _box(form)["y"] >= text["y"] + text["height"]


def test_menu_of_an_answer_is_not_cut_off(page: Page, saved_chat: SavedChat) -> None:
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 844})
        open_chat(page, saved_chat.url("short"))
        page.locator("#live .actions details.menu summary").first.click()
        menu = page.locator("#live .actions details.menu[open] .items")
        expect(menu).to_be_in_viewport(ratio=1)
        assert _box(menu)["x"] >= _box(page.locator("#chat"))["x"]
        page.keyboard.press("Escape")


def test_citation_card_keeps_its_title_and_stays_while_the_mouse_moves_to_it(
    page: Page, saved_chat: SavedChat
) -> None:
    page.set_viewport_size({"width": 1400, "height": 500})
    open_chat(page, saved_chat.url("long"))
    page.locator("#live a.citation").nth(2).hover()
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    box, title = _box(card), _box(card.locator("h4"))
    assert title["y"] >= box["y"] - 1

    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=25)
    page.wait_for_timeout(600)
    expect(card).to_be_visible()
    page.mouse.wheel(0, 400)
    expect(card.locator("h4")).to_have_text(re.compile("."))
    assert _box(card.locator("h4"))["y"] >= box["y"] - 1

    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_only_the_latest_answer_offers_related_questions(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("long"))
    expect(page.locator("#live .related")).to_be_visible()
    expect(page.locator("#past .related")).to_have_count(1)
    expect(page.locator("#past .related")).to_be_hidden()


def test_small_talk_has_no_sources_of_an_earlier_answer(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("thanks"))
    sources = page.locator("#sources-panel")
    expect(sources).to_contain_text("The latest answer is based on no papers.")
    card = sources.locator("article.source")
    expect(card).to_be_hidden()
    page.locator("#past a.citation").click()
    expect(card.locator("mark.shown")).to_be_visible()
