"""The chat page, served by Gradio and opened in Chromium."""

import shutil
import socket
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from chat_steps import LongWritingChat, SavedChat
from made_up_exchanges import (
    answered_exchange,
    listed_exchange,
    save_conversation,
    small_talk,
)
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant import Assistant, Settings
from assistant.library import Conversations, Embedder, Library
from assistant.library.conversations import FILE_NAME
from assistant.papers import Paper, sample_papers
from assistant.web.login.accounts import FILE_NAME as ACCOUNTS_FILE
from assistant.web.login.accounts import Accounts, parse_login
from assistant.web.serving.server import serving

# A long timeout: the small model may run on two busy cores.
_TIMEOUT_MS = 180_000
expect.set_options(timeout=60_000)

ServeChat = Callable[..., str]
MakeLibrary = Callable[[Path], Path]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor with a browser context of their own and long timeouts."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(_TIMEOUT_MS)
    yield context
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Run a failed browser test once more: a busy machine may be too slow for any timeout.

    Both failures are reported; one is listed as a rerun.
    """
    for item in items:
        if "visitor" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report what each tab of a failed test shows."""
    report = yield
    visitor = getattr(item, "funcargs", {}).get("visitor")
    if report.failed and call.when == "call" and visitor is not None:
        for page in visitor.pages:
            shown = page.evaluate("[document.visibilityState, document.body.innerText].join('\\n')")
            report.sections.append((f"shown by {page.url}", shown))
    return report


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    return visitor.new_page()


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return find


@pytest.fixture(scope="session")
def serve_chat(free_port: Callable[[], int]) -> Iterator[ServeChat]:
    """A function that serves the chat of a library and returns its URL."""
    from assistant.chat.serve import page_app
    from assistant.chat.state import new_state

    with ExitStack() as stack:

        def serve(folder: Path, auth: Sequence[str] = (), **settings: object) -> str:
            small = Settings(model="smollm2-135m-instruct", **settings)  # type: ignore[arg-type]
            assistant = stack.enter_context(Assistant.open(folder, settings=small))
            accounts = Accounts(map(parse_login, auth), folder / ACCOUNTS_FILE)
            port = free_port()
            page = page_app(new_state(assistant, accounts=accounts), "127.0.0.1", port)
            stack.enter_context(serving(page, "127.0.0.1", port))
            return f"http://127.0.0.1:{port}/"

        yield serve


@pytest.fixture(scope="session")
def writing_chat(
    serve_chat: ServeChat, sample_library_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of a chat over the sample papers that never abstains and answers in few words."""
    folder = tmp_path_factory.mktemp("chat") / "library"
    shutil.copytree(sample_library_folder, folder)
    return serve_chat(folder, abstention_threshold=0.0, max_answer_tokens=60)


@pytest.fixture(scope="session")
def long_writing_chat(
    serve_chat: ServeChat, sample_library_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> LongWritingChat:
    """A chat over the sample papers that never abstains and may write for a long time."""
    folder = tmp_path_factory.mktemp("chat") / "library"
    shutil.copytree(sample_library_folder, folder)
    return LongWritingChat(
        serve_chat(folder, abstention_threshold=0.0, max_answer_tokens=1500), folder / FILE_NAME
    )


@pytest.fixture(scope="session")
def make_library(embedder: Embedder, made_up_papers: list[Paper]) -> MakeLibrary:
    """Make a library of five made-up papers in a folder; return the folder."""

    def make(folder: Path) -> Path:
        library = Library(folder, embedder)
        library.add(made_up_papers)
        library.close()
        return folder

    return make


@pytest.fixture(scope="session")
def abstaining_chat(
    serve_chat: ServeChat, make_library: MakeLibrary, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of a chat over five made-up papers that always abstains."""
    folder = make_library(tmp_path_factory.mktemp("chat") / "library")
    return serve_chat(folder, abstention_threshold=1.0)


@pytest.fixture(scope="session")
def saved_chat(
    serve_chat: ServeChat,
    make_library: MakeLibrary,
    made_up_papers: list[Paper],
    tmp_path_factory: pytest.TempPathFactory,
) -> SavedChat:
    """A chat over five made-up papers with 30 conversations and a saved answer, only to be read."""
    folder = make_library(tmp_path_factory.mktemp("saved-chat") / "library")
    papers = [*made_up_papers, *sample_papers()[:25]]
    store = Conversations(folder / FILE_NAME)
    for number in range(27):
        save_conversation(store, [answered_exchange(f"How far does dough number {number} rise?")])
    conversations = {
        "short": save_conversation(store, [answered_exchange("How far does dough rise?")]),
        "long": save_conversation(
            store, [answered_exchange("First?"), listed_exchange("Which papers match?", papers)]
        ),
        "thanks": save_conversation(
            store, [answered_exchange("How far does bread rise?"), small_talk("Thanks!")]
        ),
        "gone": "no-such-conversation",
    }
    [short] = store.exchanges(conversations["short"])
    store.saved_answers.add("", short.number)
    store.close()
    return SavedChat(serve_chat(folder), papers, conversations)
