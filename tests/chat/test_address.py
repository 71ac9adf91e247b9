"""The page's URL, title and browser history."""

from chat_steps import SavedChat, open_chat
from playwright.sync_api import Page, expect


def test_back_and_forward_move_between_conversations(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("short"))
    title = page.locator("#bar h2")
    expect(title).to_have_text("How far does dough rise?")
    page.locator("#history-list .open", has_text="First?").click()
    expect(title).to_have_text("First?")
    # The browser's history gets its entry a moment after the conversation is shown.
    expect(page).to_have_url(saved_chat.url("long"))
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page).to_have_url(saved_chat.address)

    page.go_back()
    expect(title).to_have_text("First?")
    expect(page).to_have_url(saved_chat.url("long"))
    page.go_back()
    expect(title).to_have_text("How far does dough rise?")
    expect(page.locator("#chat .question")).to_have_text(["How far does dough rise?"])
    page.go_forward()
    expect(title).to_have_text("First?")


def test_tab_is_part_of_the_url(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("short"))
    page.get_by_role("tab", name="Library").click()
    expect(page).to_have_url(saved_chat.url("short") + "&tab=library")
    expect(page).to_have_title("Library · Paper assistant")
    page.reload()
    expect(page.locator("table.papers")).to_be_visible()

    page.go_back()
    expect(page.locator("#chat .question")).to_be_visible()
    expect(page).to_have_title("How far does dough rise? · Paper assistant")


def test_unknown_conversation_is_reported(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("gone"))
    expect(page.locator("#notice")).to_contain_text("This conversation does not exist")
    expect(page).to_have_url(saved_chat.address)
