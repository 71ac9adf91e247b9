"""Steps of the browser tests of the chat."""

from dataclasses import dataclass
from pathlib import Path

from made_up_exchanges import made_up_answer, save_conversation
from playwright.sync_api import Locator, Page

from assistant.answering import AnswerSentence
from assistant.chat.conversation.exchange import Exchange
from assistant.library import Conversations
from assistant.papers import Paper


@dataclass(frozen=True)
class SavedChat:
    """A chat with saved conversations, which needs no model.

    Attributes:
        address: its URL.
        papers: the papers that the answer of ``long`` lists.
        conversations: their ids: ``short``, ``long`` (its second answer lists papers),
            ``thanks`` (it ends with small talk), ``gone``.
    """

    address: str
    papers: list[Paper]
    conversations: dict[str, str]

    def url(self, conversation: str) -> str:
        """Return the URL of a saved conversation."""
        return f"{self.address}?conversation={self.conversations[conversation]}"


@dataclass(frozen=True)
class LongWritingChat:
    """A chat whose model may write for a long time.

    Attributes:
        address: its URL.
        conversations_file: the file of its conversations.
    """

    address: str
    conversations_file: Path

    def save_conversation(self, question: str) -> str:
        """Save a conversation with one made-up answer; return its URL."""
        answer = made_up_answer(question, [AnswerSentence("It rises 4 mm.", (1,), supported=True)])
        store = Conversations(self.conversations_file)
        conversation = save_conversation(store, [Exchange(question).with_event(answer)])
        store.close()
        return f"{self.address}?conversation={conversation}"


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


def wait_for_text_beyond(page: Page, characters: int, *, live: bool = False) -> int:
    """Wait for a longer text of the first answer, or of the latest one; return its length."""
    return int(
        page.wait_for_function(
            """([count, selector]) => {
                const text = document.querySelector(selector)?.textContent ?? '';
                return text.length > count && text.length;
            }""",
            arg=[characters, "#live .text" if live else "#chat .text"],
        ).json_value()
    )
