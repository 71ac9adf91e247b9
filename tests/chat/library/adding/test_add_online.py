"""Adding papers from the network in the browser; arXiv is replayed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from atom import feed, snail_title
from playwright.sync_api import Page, expect
from replayed import Replayed


@pytest.fixture
def address(
    serve_chat: Callable[..., str],
    make_library: Callable[[Path], Path],
    tmp_path: Path,
    replayed: Replayed,
) -> str:
    return serve_chat(make_library(tmp_path / "library"))


def test_papers_are_searched_previewed_chosen_and_fetched_by_id(
    page: Page, address: str, replayed: Replayed
) -> None:
    page.goto(f"{address}?tab=library")
    page.locator("table.papers").wait_for()
    page.get_by_role("button", name="Add papers").click()

    replayed.replies = [feed([1, 2])]
    page.get_by_label("Or search arXiv").fill("snails")
    page.get_by_role("button", name="Search", exact=True).click()
    found = page.locator("#found")
    expect(found.locator("li")).to_have_count(2)
    found.get_by_role("button", name="Save this search").click()
    expect(page.locator("#saved-searches")).to_contain_text("snails")
    found.locator("li", has_text=snail_title(2)).locator("input").check()
    found.get_by_role("button", name="Add the selected").click()
    expect(page.locator("#upload-status .report")).to_contain_text("1 paper added.")
    expect(page.locator("table.papers td.title")).to_contain_text([snail_title(2)])

    replayed.replies = [feed([3])]
    page.get_by_label("Or fetch by id or address").fill("2401.00003")
    page.get_by_role("button", name="Fetch", exact=True).click()
    expect(page.locator("table.papers td.title")).to_contain_text([snail_title(3)])

    replayed.replies = [feed([1, 2])]
    page.get_by_role("button", name="Add what is new").click()
    expect(page.locator("table.papers td.title")).to_contain_text([snail_title(1)])


def test_a_search_for_nothing_changes_nothing(page: Page, address: str, replayed: Replayed) -> None:
    page.goto(f"{address}?tab=library")
    page.locator("table.papers").wait_for()
    page.get_by_role("button", name="Add papers").click()
    replayed.replies = [feed([1, 2])]
    query = page.get_by_label("Or search arXiv")
    query.fill("snails")
    page.get_by_role("button", name="Search", exact=True).click()
    found = page.locator("#found")
    expect(found.locator("li")).to_have_count(2)

    query.fill("")
    with page.expect_response(lambda response: "/queue/join" in response.url):
        page.get_by_role("button", name="Search", exact=True).click()
    found.locator("li", has_text=snail_title(2)).locator("input").check()
    found.get_by_role("button", name="Add the selected").click()

    expect(page.locator("#upload-status .report")).to_contain_text("1 paper added.")
