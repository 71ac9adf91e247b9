"""Saving answers in the browser: the list, notes, search, export, removing and restoring."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from chat_steps import open_chat
from made_up_exchanges import answered_exchange, save_conversation
from page_client import PageClient
from playwright.sync_api import Locator, Page, expect

from assistant.library import Conversations, Embedder, Library
from assistant.library.conversations import FILE_NAME
from assistant.papers import Paper

DOUGH = "How far does it rise?"


@pytest.fixture(scope="module")
def folder(make_library: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("saved") / "library")


@pytest.fixture(scope="module")
def address(serve_chat: Callable[..., str], folder: Path) -> str:
    return serve_chat(folder)


@pytest.fixture
def conversation(page: Page, address: str, folder: Path) -> str:
    """The id of a new conversation with one answer, which the page shows."""
    store = Conversations(folder / FILE_NAME)
    for number in store.saved_answers.find(""):
        store.saved_answers.remove("", number)
    id_ = save_conversation(store, [answered_exchange(DOUGH)])
    store.close()
    open_chat(page, f"{address}?conversation={id_}")
    return id_


def open_saved(page: Page) -> Locator:
    """Open the tab; return its answers."""
    page.get_by_role("tab", name="Saved").click()
    return page.locator("#saved-answers .saved-answer")


def save_answer(page: Page) -> None:
    button = page.locator("#live").get_by_label("Save the answer")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


@pytest.mark.usefixtures("conversation")
def test_saved_answer_is_listed_with_its_citations_and_a_note(page: Page) -> None:
    answers = open_saved(page)
    expect(page.locator("#saved-answers")).to_contain_text("None yet.")
    page.get_by_role("tab", name="Chat").click()
    save_answer(page)
    open_saved(page)

    expect(answers.locator("h3")).to_have_text([DOUGH])
    expect(answers.locator(".text")).to_contain_text("DoughNet rises 4 mm.")
    expect(answers.locator(".meta").first).to_contain_text(f"from {DOUGH}")
    answers.locator("a.citation").click()
    expect(answers.locator("mark.shown")).to_have_text("DoughNet rises 4 mm.")
    expect(answers.locator("mark.shown")).to_be_in_viewport()

    answers.get_by_label("Note").fill("For chapter 2.")
    page.get_by_label("Search saved answers").focus()
    expect(page.locator("#saved-notice")).to_contain_text("The note is saved.")
    expect(answers.locator("mark.shown")).to_be_visible()  # the sources stay open
    page.reload()
    expect(answers.get_by_label("Note")).to_have_value("For chapter 2.")


@pytest.mark.usefixtures("conversation")
def test_saved_answers_are_searched_and_exported(page: Page) -> None:
    save_answer(page)
    answers = open_saved(page)
    answers.get_by_label("Note").fill("For chapter 2.")
    answers.get_by_role("button", name="Save note").click()
    search = page.get_by_label("Search saved answers")
    search.fill("tram")
    expect(page.locator("#saved-answers")).to_contain_text("No saved answer contains these words.")
    search.fill("chapter RISES")
    expect(answers).to_have_count(1)

    for _ in range(2):  # the same file again
        with page.expect_download() as download:
            page.get_by_role("button", name="Export as Markdown").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith(f"# Saved answers\n\n## {DOUGH}\n\nDoughNet rises 4 mm. [1]")
    assert "### References\n\n1. Dough, Ada Frost, 2023\n\n   > DoughNet rises 4 mm." in text
    assert "Note:\n\n> For chapter 2.  \n" in text
    assert re.search(r"\*Saved on \d{4}-\d\d-\d\d from the conversation “How far", text)


def test_saved_answer_outlives_its_conversation(page: Page, conversation: str) -> None:
    save_answer(page)
    answers = open_saved(page)
    answers.get_by_role("button", name=DOUGH).click()
    expect(page.locator("#live .question")).to_have_text(DOUGH)
    assert f"conversation={conversation}" in page.url

    page.locator("#history-list [aria-current] summary").click()
    page.locator("#history-list [aria-current]").get_by_role("button", name="Delete").click()
    expect(page.locator("#live .welcome")).to_be_visible()
    open_saved(page)
    expect(answers.locator(".text")).to_contain_text("DoughNet rises 4 mm.")
    expect(answers.locator(".meta").first).to_contain_text("(deleted)")


@pytest.mark.usefixtures("conversation")
def test_removed_answer_is_restored(page: Page) -> None:
    save_answer(page)
    answers = open_saved(page)
    answers.get_by_label("Remove from the saved answers").click()
    expect(answers).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(answers).to_have_count(1)

    page.get_by_role("tab", name="Chat").click()
    button = page.locator("#live").get_by_label("Save the answer")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    page.locator("#notice").get_by_role("button", name="Undo").click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_account_sees_and_changes_its_own_saved_answers_only(
    serve_chat: Callable[..., str],
    embedder: Embedder,
    made_up_papers: list[Paper],
    tmp_path: Path,
) -> None:
    Library(tmp_path, embedder).close()
    address = serve_chat(tmp_path, auth=["ada:frost:owner", "cy:snow:reader"])
    store = Conversations(tmp_path / FILE_NAME)
    id_ = save_conversation(store, [answered_exchange(DOUGH)], owner="cy")
    [exchange] = store.exchanges(id_)
    ada, cy = (PageClient(address, login) for login in [("ada", "frost"), ("cy", "snow")])

    for visitor in (ada, cy):
        fields = {"action": "save", "number": str(exchange.number)}
        visitor.send("past", "click", [id_, ""], fields)
    note = {"action": "save-note", "id": str(exchange.number), "note": ["Read by ada."]}
    ada.send("saved-answers", "submit", [], note)
    ada.send("saved-answers", "click", ["", 1], {"action": "remove", "id": str(exchange.number)})

    assert store.saved_answers.find("ada") == []
    [saved] = store.saved_answers.get("cy", store.saved_answers.find("cy"))
    assert saved.note == ""
    assert DOUGH in cy.send("saved-search", "change", [""])
    assert DOUGH not in ada.send("saved-search", "change", [""])
    store.close()
