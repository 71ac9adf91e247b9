"""Naming a paper with ``@`` in the browser."""

from chat_steps import SavedChat, open_chat, question_box
from playwright.sync_api import Page, expect


def test_at_sign_names_papers_as_the_scope_of_the_question(
    page: Page, saved_chat: SavedChat
) -> None:
    open_chat(page, saved_chat.address)
    page.locator("#history-list .open").first.wait_for()  # the page is loaded
    box = question_box(page)
    options = page.locator("#mentions [role=option]")
    box.press_sequentially("How loud? @tram")
    expect(options).to_contain_text(["Silent Trams for Old Towns"])
    page.keyboard.press("Enter")
    expect(page.locator("#scope")).to_contain_text("Asking only Silent Trams for Old Towns")
    expect(box).to_have_value("How loud? ")
    expect(box).to_be_focused()
    expect(page.locator("#chat .exchange")).to_have_count(0)

    box.press_sequentially("@glac")
    expect(options).to_contain_text(["Glacier Melt Seen from Balloons"])
    options.first.click()
    expect(page.locator("#scope")).to_contain_text("2 papers")

    # Escape closes the list and leaves the text; an address is no mention.
    box.press_sequentially("@parr")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("How loud? @parr")
    box.fill("")
    box.press_sequentially("ada@parr")
    expect(options.first).to_be_hidden()


def test_draft_that_is_put_back_after_a_reload_opens_no_list(
    page: Page, saved_chat: SavedChat
) -> None:
    open_chat(page, saved_chat.url("short"))
    options = page.locator("#mentions [role=option]")
    question_box(page).press_sequentially("How loud? @tram")
    expect(options.first).to_be_visible()
    page.reload()
    expect(question_box(page)).to_have_value("How loud? @tram")
    page.wait_for_timeout(1000)  # for a list that should not open
    expect(options.locator("visible=true")).to_have_count(0)
    question_box(page).press_sequentially("s")
    expect(options.first).to_be_visible()
