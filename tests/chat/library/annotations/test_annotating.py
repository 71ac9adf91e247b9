"""Tags, collections, notes and reading marks in the browser."""

from chat_steps import SavedChat
from playwright.sync_api import Locator, Page, expect


def _open_paper(page: Page, title: str) -> Locator:
    page.locator("table.papers td.title button", has_text=title).click()
    expect(page.locator("article.paper h3")).to_contain_text(title)
    panel = page.locator("#annotations .annotations")
    panel.wait_for()
    return panel


def _tags(page: Page, title: str) -> Locator:
    return page.locator("table.papers tr", has_text=title).locator(".tag")


def test_paper_is_annotated_filtered_by_it_and_asked_about(
    page: Page, saved_chat: SavedChat
) -> None:
    page.goto(f"{saved_chat.address}?tab=library")
    panel = _open_paper(page, "Silent Trams")
    panel.get_by_label("Note").fill("Ask Bo.\nWhich wheels?")
    tag = panel.get_by_label("Add a tag")
    tag.fill("quiet towns")
    tag.press("Enter")
    expect(_tags(page, "Silent Trams")).to_contain_text(["#quiet towns"])
    # What is drawn again keeps the focus; leaving the note has saved it.
    expect(panel.get_by_label("Add a tag")).to_be_focused()
    collection = panel.get_by_label("Add to a collection")
    collection.fill("Chapter 2")
    collection.press("Enter")
    panel.get_by_role("button", name="Mark as read").click()
    expect(_tags(page, "Silent Trams")).to_have_text(["read", "note", "Chapter 2", "#quiet towns"])

    page.reload()
    panel = _open_paper(page, "Silent Trams")
    expect(panel.get_by_label("Note")).to_have_value("Ask Bo.\nWhich wheels?")
    expect(panel.get_by_role("button", name="Mark as unread")).to_be_visible()
    page.get_by_role("combobox", name="Tags, collections").click()
    page.get_by_role("option", name="Chapter 2 (1)").click()
    page.keyboard.press("Escape")
    expect(page.locator("table.papers td.title button")).to_have_text(
        ["Silent Trams for Old Towns"]
    )
    page.get_by_role("button", name="Ask about these").click()
    expect(page.locator("#scope")).to_contain_text("Chapter 2 (1 paper)")

    # Everything is taken back, for several papers at once.
    page.get_by_role("tab", name="Library").click()
    panel = _open_paper(page, "Silent Trams")
    panel.get_by_label("Note").fill("")
    panel.get_by_role("button", name="Save note").click()
    page.get_by_label("Select Silent Trams").check()
    menu = page.locator("details.organise")
    for label in ("Remove quiet towns", "Remove Chapter 2"):
        menu.locator("summary").click()
        menu.get_by_label(label).click()
        expect(page.get_by_label(label).locator("visible=true")).to_have_count(0)
    menu.locator("summary").click()
    menu.get_by_role("button", name="Mark as unread").click()
    expect(_tags(page, "Silent Trams")).to_have_count(0)
    expect(page.get_by_role("combobox", name="Tags, collections")).to_be_hidden()
