"""Steps of the browser tests of the chat."""

from playwright.sync_api import Locator, Page


def open_chat(page: Page, address: str) -> None:
    page.goto(address)
    question_box(page).wait_for()
    page.locator("#live .welcome, #live .exchange").wait_for()


def question_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Question", exact=True)


def ask(page: Page, question: str) -> None:
    question_box(page).fill(question)
    page.get_by_role("button", name="Send").click()


def replies(page: Page) -> Locator:
    return page.locator("#chat .reply")


def wait_for_answer(page: Page, number: int = 1) -> Locator:
    reply = replies(page).nth(number - 1)
    reply.locator(".details").wait_for()
    return reply


def wait_for_text_beyond(page: Page, characters: int) -> int:
    return int(
        page.wait_for_function(
            """(count) => {
                const text = document.querySelector('#chat .text')?.textContent ?? '';
                return text.length > count && text.length;
            }""",
            arg=characters,
        ).json_value()
    )
