"""The list of conversations: its drawer on narrow windows, and its layout when it is long."""

import pytest
from chat_steps import SavedChat, open_chat
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("width", [390, 720, 1100])
def test_drawer_opens_on_narrow_windows_and_closes_after_a_choice(
    page: Page, saved_chat: SavedChat, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_chat(page, saved_chat.url("long"))
    drawer = page.locator("#history")
    expect(drawer).to_be_hidden()

    page.get_by_role("button", name="Conversations", exact=True).click()
    expect(drawer).to_be_visible()
    expect(drawer).to_be_in_viewport(ratio=0.9)

    page.locator("#history-list .open", has_text="How far does dough rise?").click()
    expect(page.locator("#bar h2")).to_have_text("How far does dough rise?")
    expect(drawer).to_be_hidden()


def test_long_list_scrolls_down_only(page: Page, saved_chat: SavedChat) -> None:
    open_chat(page, saved_chat.url("short"))
    expect(page.locator("#history-list .open")).to_have_count(30)

    history, last = page.locator("#history"), page.locator("#history-list .open").last
    assert history.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert history.evaluate("node => node.scrollHeight > node.clientHeight")
    last.scroll_into_view_if_needed()
    box, item = history.bounding_box(), last.bounding_box()
    assert box is not None
    assert item is not None
    assert box["x"] <= item["x"]
    assert item["x"] + item["width"] <= box["x"] + box["width"]
