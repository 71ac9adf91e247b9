"""The results table in the browser: the numbers of the papers, filtered, sorted and saved."""

import csv
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.papers import Paper


def test_results_are_filtered_sorted_opened_and_saved(
    page: Page,
    serve_chat: Callable[..., str],
    make_library: Callable[[Path], Path],
    made_up_papers: list[Paper],
    tmp_path: Path,
) -> None:
    folder = make_library(tmp_path / "library")

    page.goto(f"{serve_chat(folder)}?tab=library")
    page.locator("table.papers").wait_for()
    page.get_by_label("Results", exact=True).check()
    rows = page.locator(".results tbody tr")
    accuracy = rows.filter(has=page.get_by_text("WalnutBench test", exact=True))
    expect(accuracy.locator("td")).to_have_text(
        [
            "93",
            "percent",
            "accuracy",
            "WalnutBench test",
            "Half of the birds reach an accuracy of 93 percent on the WalnutBench test.",
        ]
    )

    for width in (390, 720):  # no part of a row is out of sight
        page.set_viewport_size({"width": width, "height": 900})
        table = page.locator(".results")
        assert table.evaluate("node => node.scrollWidth <= node.clientWidth")
        expect(accuracy.locator("td").last).to_be_visible()
    page.set_viewport_size({"width": 1400, "height": 900})

    page.get_by_role("button", name="Value").click()
    expect(page.locator(".results th[aria-sort=descending]")).to_have_text("Value ↓")
    expect(rows.locator("td.value").first).to_have_text("200")
    page.get_by_label("Search the numbers").fill("glaciers")
    expect(rows).to_have_count(3)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").locator("visible=true").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert [row["value"] for row in csv.DictReader(lines)] == ["14", "3 years", "12.5%"]

    rows.first.get_by_role("button").click()
    expect(page.locator("article.paper h3")).to_have_text(made_up_papers[0].title)
    page.get_by_label("Search the numbers").fill("unicorns")
    expect(page.locator("#results-table")).to_contain_text("Try fewer or other words.")
