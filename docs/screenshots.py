"""Take the screenshots in the README: the page with the sample papers and the default model.

Run by `make screenshots`. Requires Chromium on the PATH, or its path in $CHROMIUM.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from assistant import Assistant, Settings
from assistant.chat import build_page
from assistant.chat.page import appearance

_QUESTIONS = (
    "What approaches are there against catastrophic forgetting?",
    "How does LightSeq divide the work on long sequences?",
    "How much memory does LightSeq need on a phone?",
)
_WIDE, _PHONE = (1440, 900), (390, 844)
_TIMEOUT_MS = 600_000
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Save all screenshots in the folder of this file."""
    installed = filter(None, map(shutil.which, _CHROMIUM_NAMES))
    chromium = os.environ.get("CHROMIUM") or next(installed, "")
    if not chromium:
        sys.exit("Chromium was not found. Install it, or set CHROMIUM to its path.")
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant.open(Path(folder) / "library", settings=Settings()) as assistant,
        sync_playwright() as playwright,
    ):
        assistant.load()
        page = build_page(assistant)
        _, address, _ = page.launch(
            prevent_thread_lock=True, quiet=True, share=False, ssr_mode=False, **appearance()
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _take(browser, address)
        browser.close()
        page.close(verbose=False)


def _take(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=_size(_WIDE))
    page.set_default_timeout(_TIMEOUT_MS)
    page.goto(address)
    page.locator("#live .example").first.wait_for()
    _save(page, "chat-start")
    for number, question in enumerate(_QUESTIONS):
        page.get_by_role("textbox", name="Question", exact=True).fill(question)
        page.get_by_role("button", name="Send").click()
        page.locator("#live .details").wait_for()
        page.locator("#chat .details").nth(number).wait_for()
        if number == 0:
            _save(page, "chat-synthesis")
        if number == 1:
            page.locator("#live a.citation").first.hover()
            page.get_by_role("tooltip").wait_for()
            _save(page, "chat-citation")
    conversation = page.url
    for name, size, theme in [
        ("chat-wide-light", _WIDE, "light"),
        ("chat-wide-dark", _WIDE, "dark"),
        ("chat-phone-light", _PHONE, "light"),
        ("chat-phone-dark", _PHONE, "dark"),
    ]:
        page.set_viewport_size(_size(size))
        page.goto(f"{conversation}&__theme={theme}")
        page.locator("#live .details").wait_for()
        _save(page, name)


def _size(size: tuple[int, int]) -> ViewportSize:
    return {"width": size[0], "height": size[1]}


def _save(page: Page, name: str) -> None:
    page.wait_for_timeout(500)  # for transitions to end
    page.screenshot(path=Path(__file__).with_name(f"{name}.png"))


if __name__ == "__main__":
    main()
