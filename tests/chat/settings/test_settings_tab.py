"""The settings tab in the browser."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from weights import WEIGHTS, make_wheel, registry_of

from assistant import Assistant, Settings
from assistant.chat import build_page
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.page import appearance
from assistant.chat.settings import model_pull
from assistant.chat.settings import tab as settings_tab
from assistant.chat.settings.saved_settings import with_saved_settings
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.library.conversations import FILE_NAME as CONVERSATIONS
from assistant.models import list_models, locate, pull
from assistant.models.registry import WheelSource
from assistant.settings import ABSTENTION

TINY = registry_of(WheelSource("tiny==1.0", "tiny/data.bin", 1))


@pytest.fixture(scope="module")
def folder(make_library: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("settings-tab") / "library")


@pytest.fixture(scope="module")
def settings_chat(serve_chat: Callable[..., str], folder: Path) -> str:
    return serve_chat(folder)


def _open_settings(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="Settings").click()
    page.locator("ul.models li").first.wait_for()


def test_settings_are_shown_after_reload_and_used_at_the_next_start(
    page: Page, settings_chat: str, folder: Path
) -> None:
    _open_settings(page, settings_chat)
    expect(page.get_by_label("Balanced")).to_be_checked()

    page.get_by_label(re.compile("Cautious")).check()
    expect(page.locator("#settings-status")).to_have_text("Saved.")
    number = page.locator("#settings").get_by_role("spinbutton")
    number.fill("5")
    number.press("Tab")
    page.get_by_label("Dark").check()
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))

    page.reload()
    page.get_by_role("tab", name="Settings").click()
    expect(page.get_by_label(re.compile("Cautious"))).to_be_checked()
    expect(page.locator("#settings").get_by_role("spinbutton")).to_have_value("5")
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    assert with_saved_settings(folder, Settings()) == Settings(
        papers_read=5, abstention_threshold=ABSTENTION["cautious"]
    )


def test_model_and_abstention_are_at_the_question_box(page: Page, settings_chat: str) -> None:
    page.goto(settings_chat)
    line = page.locator("#answer-settings")
    expect(line.get_by_role("button")).to_have_text("smollm2-135m-instruct")
    line.get_by_label("Abstention").select_option("bold")
    page.get_by_role("tab", name="Settings").click()
    expect(page.get_by_label(re.compile("Bold"))).to_be_checked()
    page.get_by_label(re.compile("Balanced")).check()
    expect(page.locator("#settings-status")).to_have_text("Saved.")
    page.get_by_role("tab", name="Chat").click()
    expect(line.get_by_label("Abstention")).to_have_value("balanced")

    line.get_by_label("Abstention").select_option("bold")
    page.wait_for_function(
        "document.querySelector('#answer-settings option[selected]').value === 'bold'"
    )
    page.reload()
    expect(line.get_by_label("Abstention")).to_have_value("bold")
    line.get_by_role("button").click()
    expect(page.locator("ul.models")).to_be_visible()


def test_models_are_listed_with_size_licence_and_state(page: Page, settings_chat: str) -> None:
    _open_settings(page, settings_chat)
    used = page.locator("ul.models li.used")
    expect(used).to_contain_text("smollm2-135m-instruct")
    expect(used).to_contain_text("98 MB · Apache-2.0")
    expect(used).to_contain_text("In use")
    assert page.locator("ul.models button").count() >= 2


def test_broken_model_is_reported_until_another_is_chosen(
    page: Page, small_library: Library, tmp_path: Path, free_port: Callable[[], int]
) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF and nothing else")
    with Assistant(small_library, Settings(model=str(broken))) as assistant:
        loading = ModelLoading(assistant.load)
        with pytest.raises(AssistantError):
            loading.start().result()
        blocks = build_page(assistant, loading)
        _, address, _ = blocks.launch(
            server_port=free_port(), prevent_thread_lock=True, quiet=True, **appearance()
        )
        _open_settings(page, str(address))
        expect(page.locator("#model-status [role=alert]")).to_be_visible()
        page.get_by_label("Use smollm2-135m-instruct").click()
        expect(page.locator("#settings-status")).to_have_text("Saved.")
        expect(page.locator("#model-status")).to_be_empty()
        blocks.close(verbose=False)


def test_model_is_downloaded_and_a_failed_download_gives_the_reason(
    page: Page,
    settings_chat: str,
    tmp_path: Path,
    wheelhouse: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(model_pull, "pull", partial(pull, registry=TINY))
    monkeypatch.setattr(settings_tab, "list_models", partial(list_models, registry=TINY))
    _open_settings(page, settings_chat)
    page.get_by_label("Download: tiny").click()
    expect(page.locator("#settings-status")).to_contain_text("tiny")
    expect(page.locator("#settings-status [role=alert]")).to_be_visible()

    make_wheel(wheelhouse, "tiny", {"tiny/data.bin": WEIGHTS})
    page.get_by_label("Download: tiny").click()
    expect(page.locator("#settings-status")).to_have_text("tiny is downloaded.")
    expect(page.get_by_label("Use tiny")).to_be_visible()
    assert locate("tiny", registry=TINY).read_bytes() == WEIGHTS


@pytest.fixture
def full_disk(settings_chat: str, folder: Path) -> Iterator[None]:
    """No setting can be saved."""
    with closing(sqlite3.connect(folder / CONVERSATIONS)) as db:
        db.execute(
            "CREATE TRIGGER full BEFORE INSERT ON settings "
            "BEGIN SELECT raise(ABORT, 'the disk is full'); END"
        )
        yield
        db.execute("DROP TRIGGER full")


@pytest.mark.usefixtures("full_disk")
def test_control_shows_the_value_in_force_if_it_cannot_be_saved(
    page: Page, settings_chat: str
) -> None:
    _open_settings(page, settings_chat)
    settings = page.locator("#settings")
    number, pdfs = settings.get_by_role("spinbutton"), settings.get_by_role("checkbox")
    chosen = settings.get_by_role("radio", checked=True)
    status = page.locator("#settings-status")
    expect(chosen).to_have_count(2)
    before = chosen.evaluate_all("radios => radios.map((radio) => radio.value)")
    read = number.input_value()

    for change in (
        lambda: number.fill("7" if read != "7" else "6"),
        pdfs.click,
        lambda: settings.get_by_role("radio", checked=False).first.click(),
        lambda: settings.get_by_role("radio", checked=False).last.click(),
    ):
        change()
        expect(status).to_contain_text("the disk is full")
        expect(number).to_have_value(read)
        expect(pdfs).to_be_checked()
        expect(chosen).to_have_count(2)
        assert chosen.evaluate_all("radios => radios.map((radio) => radio.value)") == before
        page.reload()
        expect(chosen).to_have_count(2)

    page.get_by_role("tab", name="Chat").click()
    select = page.locator("#answer-settings").get_by_label("Abstention")
    in_force = select.input_value()
    select.select_option("cautious" if in_force != "cautious" else "balanced")
    expect(page.locator(".toast-wrap")).to_contain_text("the disk is full")
    expect(select).to_have_value(in_force)
