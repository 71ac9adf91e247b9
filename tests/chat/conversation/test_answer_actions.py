"""The actions on an answer in the browser: edit, copy, feedback, delete, export."""

import json
from pathlib import Path

from chat_steps import ask, open_chat, wait_for_answer
from playwright.sync_api import Page, expect


def test_exchange_is_edited_copied_judged_asked_again_deleted_and_restored(
    page: Page, abstaining_chat: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_chat(page, abstaining_chat)
    ask(page, "How many glaciers are folowed?")
    wait_for_answer(page)
    exchange = page.locator("#live .exchange")

    exchange.locator("summary[title^=Edit]").click()
    edited = exchange.get_by_label("Edited question")
    expect(edited).to_have_value("How many glaciers are folowed?")
    edited.fill("How many glaciers are followed?")
    edited.press("Enter")
    expect(page.locator("#chat .question")).to_have_text(["How many glaciers are followed?"])
    wait_for_answer(page)
    expect(exchange.locator(".versions")).to_have_text("‹2/2›")
    exchange.get_by_label("Earlier version").click()
    expect(page.locator("#chat .question")).to_have_text(["How many glaciers are folowed?"])
    exchange.get_by_label("Later version").click()
    expect(page.locator("#chat .question")).to_have_text(["How many glaciers are followed?"])

    exchange.get_by_label("Copy the answer").click()
    expect(exchange.locator(".copied")).to_be_visible()
    assert "The abstracts do not answer this." in page.evaluate("navigator.clipboard.readText()")

    exchange.get_by_label("This is wrong").click()
    exchange.get_by_label("What is the right answer?").fill("14")
    exchange.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("saved")
    expect(exchange.locator("summary[data-pressed=true]")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_label("Export").click()
        page.get_by_role("button", name="feedback as a question set").click()
    [queue] = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert json.loads(queue)["answers"] == ["14"]

    exchange.get_by_label("This helped").click()
    expect(exchange.get_by_label("This helped")).to_have_attribute("aria-pressed", "true")

    # The question itself decides now, not the threshold: the model is made to answer.
    exchange.get_by_role("button", name="Answer anyway").click()
    expect(exchange.locator(".note.abstention")).to_have_count(0)
    wait_for_answer(page)

    exchange.get_by_label("Delete question and answer").click()
    expect(exchange.locator(".versions")).to_have_text("‹2/2›")
    page.get_by_role("button", name="Undo").click()
    expect(exchange.locator(".versions")).to_have_text("‹3/3›")


def test_conversation_and_cited_papers_are_exported(page: Page, abstaining_chat: str) -> None:
    open_chat(page, abstaining_chat)
    ask(page, "How many glaciers are followed?")
    wait_for_answer(page)
    for button, starts in [("Markdown", "# How many glaciers"), ("BibTeX", "@misc{")]:
        with page.expect_download() as download:
            page.get_by_label("Export").click()
            page.get_by_role("button", name=button).click()
        assert Path(download.value.path()).read_text(encoding="utf-8").startswith(starts)


def test_edited_question_keeps_the_turns_that_followed_the_earlier_version(
    page: Page, abstaining_chat: str
) -> None:
    open_chat(page, abstaining_chat)
    first, second, edited = "How do trams age?", "Who rides them?", "How do parrots age?"
    ask(page, first)
    wait_for_answer(page)
    ask(page, second)
    wait_for_answer(page, number=2)

    exchange = page.locator("#past .exchange")
    exchange.locator("summary[title^=Edit]").click()
    exchange.get_by_label("Edited question").fill(edited)
    exchange.get_by_label("Edited question").press("Enter")
    questions = page.locator("#chat .question")
    expect(questions).to_have_text([edited])
    wait_for_answer(page)
    page.get_by_label("Earlier version").click()
    expect(questions).to_have_text([first, second])
    page.reload()
    expect(questions).to_have_text([first, second])
    page.get_by_label("Later version").click()
    expect(questions).to_have_text([edited])
