"""The list of conversations in the browser."""

from chat_steps import ask, open_chat, wait_for_answer
from playwright.sync_api import Page, expect


def test_conversations_are_listed_searched_renamed_deleted_and_restored(
    page: Page, abstaining_chat: str
) -> None:
    open_chat(page, abstaining_chat)
    glaciers, parrots = "Which glaciers melt in Norway?", "Which parrots learn to count?"
    ask(page, glaciers)
    wait_for_answer(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .question")).to_have_count(0)
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("#sources-panel .source")).to_have_count(0)
    ask(page, parrots)
    wait_for_answer(page)
    listed = page.locator("#history-list .open")
    expect(page.locator("#history-list [aria-current] .open")).to_have_text(parrots)
    assert listed.all_inner_texts()[:2] == [parrots, glaciers]

    # By its address a conversation is there again after a reload, and from the list.
    page.reload()
    expect(page.locator("#chat .question")).to_have_text(parrots)
    page.get_by_label("Search conversations").fill("whic norw mel")
    expect(listed).to_contain_text([glaciers])
    expect(listed.locator(".snippet mark").first).to_have_text("Which")
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
    expect(listed).to_contain_text(["Ice"])
