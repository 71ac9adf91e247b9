"""The menus of the bar of selected papers, on narrow windows."""

import pytest
from chat_steps import SavedChat
from playwright.sync_api import Page, expect

# Whether each corner of an element is shown: neither outside of the window nor cut off.
_IS_WHOLLY_SHOWN = """(node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return [left + 2, right - 2].every((x) => [top + 2, bottom - 2].every((y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && node.parentElement.contains(hit);
  }));
}"""


@pytest.mark.parametrize("width", [390, 720, 1440])
@pytest.mark.parametrize("menu", ["Organise", "Export"])
def test_menu_is_not_cut_off(page: Page, saved_chat: SavedChat, menu: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1100})
    page.goto(f"{saved_chat.address}?tab=library")
    page.locator("table.papers tbody input").first.check()
    summary = page.locator("#selection summary", has_text=menu)
    summary.click()
    items = page.locator("#selection details[open] .items")
    expect(items).to_be_visible()
    # The corners of the menu are round, but belong to its box.
    items.evaluate("node => (node.style.borderRadius = 0)")
    assert items.evaluate(_IS_WHOLLY_SHOWN)
