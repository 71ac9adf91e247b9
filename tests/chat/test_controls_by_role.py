"""The page shows each account only the controls that it may use, and signs it out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect


@pytest.fixture(scope="module")
def address(
    serve_chat: Callable[..., str],
    make_library: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    folder = make_library(tmp_path_factory.mktemp("roles") / "library")
    return serve_chat(folder, auth=["ada:frost:owner", "bo:melt:member", "cy:snow:reader"])


def sign_in(page: Page, address: str, name: str, secret: str) -> None:
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(secret)
    page.get_by_role("button", name="Sign in").click()
    page.locator("body[data-rights]").wait_for()


def shown_controls(page: Page) -> set[str]:
    """Return those of the controls that change something that a visitor sees."""
    shown = set()

    def look(name: str, control: Locator) -> None:
        if control.is_visible():
            shown.add(name)

    open_tab(page, "Chat")
    expect(page.locator(".welcome .example").first).to_be_visible()
    look("add papers (chat)", page.locator('[data-goto="add-papers"]'))
    look("abstention (chat)", page.locator("#answer-settings select"))
    open_tab(page, "Library")
    page.locator('table.papers [data-action="open"]').first.click()
    expect(page.locator("article.paper")).to_be_visible()
    look("add papers", page.locator("#add-papers"))
    look("remove paper", page.locator('article.paper [data-action="remove"]'))
    page.get_by_text("Literature table").click()
    expect(page.get_by_label("Columns")).to_be_visible()
    look("fill table", page.get_by_role("button", name="Fill"))
    open_tab(page, "Evals")
    expect(page.locator("#evals-result")).to_be_visible()
    look("start run", page.get_by_role("button", name="Start", exact=True))
    open_tab(page, "Settings")
    expect(page.get_by_text("Theme", exact=True)).to_be_visible()
    look("model", page.locator('#models [data-action="use"], #models [data-action="pull"]').first)
    look("papers read", page.get_by_text("Papers read for an answer"))
    look("abstention", page.get_by_text("When to abstain"))
    return shown


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


BY_MEMBERS = {"add papers (chat)", "add papers", "remove paper", "fill table", "start run"}


@pytest.mark.parametrize(
    ("name", "secret", "controls"),
    [
        ("ada", "frost", BY_MEMBERS | {"model", "papers read", "abstention", "abstention (chat)"}),
        ("bo", "melt", BY_MEMBERS),
        ("cy", "snow", set()),
    ],
)
def test_account_sees_the_controls_of_its_role_and_signs_out(
    page: Page, address: str, name: str, secret: str, controls: set[str]
) -> None:
    sign_in(page, address, name, secret)
    assert shown_controls(page) == controls

    expect(page.locator("#account")).to_contain_text(f"You are signed in as {name}")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.goto(address)
    expect(page.get_by_label("Password")).to_be_visible()
