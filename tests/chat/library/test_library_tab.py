"""The library tab in the browser."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.library import Embedder, Library
from assistant.papers import Paper

_BIBTEX = """
@article{bees, title={Dancing Bees in Tunnels}, author={Hive, Hanna}, year={2024},
  abstract={Bees dance to tell others of flowers. In tunnels they dance 3 times longer.}}
@article{nothing, title={A Title Alone}}
"""
_KNOWN = """
@article{parrots, title={Teaching Parrots to Count}, year={1989},
  author={Poll, Paula}, abstract={Six parrots learn to count walnuts up to eight. PolyCount rewards
  each right answer with a nut. Half of the birds reach an accuracy of 93 percent on the WalnutBench
  test.}}
"""


@pytest.fixture(scope="module")
def library_chat(
    serve_chat: Callable[..., str],
    embedder: Embedder,
    sample_library_folder: Path,
    made_up_papers: list[Paper],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """The URL of a chat over 114 papers. Tests undo their changes."""
    folder = tmp_path_factory.mktemp("library-tab") / "library"
    shutil.copytree(sample_library_folder, folder)
    library = Library(folder, embedder)
    # No sample paper is that old.
    library.add(replace(paper, year=paper.year and paper.year - 30) for paper in made_up_papers)
    library.close()
    return serve_chat(folder, abstention_threshold=1.0)


def _open_library(page: Page, address: str) -> Locator:
    page.goto(address)
    page.get_by_role("tab", name="Library").click()
    table = page.locator("table.papers")
    table.wait_for()
    return table


def _titles(page: Page) -> Locator:
    return page.locator("table.papers td.title button")


def _select_option(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")


def test_escape_closes_the_open_paper_unless_it_is_typed_in_a_field(
    page: Page, library_chat: str
) -> None:
    _open_library(page, library_chat)
    _titles(page).first.click()
    article = page.locator("#reader article")
    expect(article).to_be_visible()

    page.get_by_role("combobox", name="Years", exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_label("Search the papers").press("Escape")
    page.wait_for_timeout(500)
    expect(article).to_be_visible()
    page.get_by_label("Search the papers").blur()
    page.keyboard.press("Escape")
    expect(article).to_have_count(0)


def test_papers_are_searched_sorted_filtered_and_paged(page: Page, library_chat: str) -> None:
    _open_library(page, library_chat)
    pager = page.locator(".pager")
    expect(pager).to_contain_text("1–50 of 114")

    pager.get_by_role("button", name="Next").click()
    expect(pager).to_contain_text("51–100 of 114")
    page.get_by_role("button", name="Year", exact=True).click()
    expect(pager).to_contain_text("1–50 of 114")
    expect(page.locator("th.year")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="Year ↓", exact=True).click()
    expect(page.locator("th.year")).to_have_attribute("aria-sort", "ascending")
    expect(_titles(page).first).to_have_text("Teaching Parrots to Count")

    search = page.get_by_label("Search the papers")
    search.press_sequentially("walnu")
    expect(_titles(page)).to_have_text(["Teaching Parrots to Count"])
    search.fill("")
    expect(pager).to_contain_text("of 114")

    _select_option(page, "Years", "1991 (1)")
    expect(_titles(page)).to_have_text(["Glacier Melt Seen from Balloons"])
    expect(page.locator(".selection")).to_contain_text("1 paper matches")


def test_similar_papers_are_shown_only_where_some_are_near(page: Page, library_chat: str) -> None:
    _open_library(page, library_chat)
    for title, count in [("Self-Lengthen", 4), ("Silent Trams", 0)]:
        page.get_by_label("Search the papers").fill(title)
        _titles(page).filter(has_text=title).first.click()
        expect(page.locator("article.paper h3")).to_contain_text(title)
        expect(page.locator("#similar li")).to_have_count(count)


def test_opened_paper_is_asked_about_alone(page: Page, library_chat: str) -> None:
    _open_library(page, library_chat)
    page.get_by_label("Search the papers").fill("trams")
    _titles(page).filter(has_text="Silent Trams").click()

    paper = page.locator("article.paper")
    expect(paper.locator(".abstract")).to_contain_text("Residents of Graz slept 21 minutes longer")
    expect(paper.get_by_role("link")).to_have_attribute("href", "https://doi.org/10.5555/trams.7")
    expect(paper).to_be_focused()

    paper.get_by_role("button", name="Ask about this paper").click()
    expect(page.locator("#scope")).to_contain_text("Silent Trams for Old Towns")
    box = page.get_by_role("textbox", name="Question", exact=True)
    expect(box).to_be_focused()
    box.fill("How many parrots learn to count?")
    box.press("Enter")
    expect(page.locator("#sources-panel .source h4")).to_have_text(
        [re.compile("Silent Trams for Old Towns")]
    )


def test_selected_papers_are_removed_and_restored(page: Page, library_chat: str) -> None:
    _open_library(page, library_chat)
    page.get_by_label("Search the papers").fill("o")
    page.get_by_label("Search the papers").fill("lighthouse")
    # Wait for the new rows: a checkbox ticked during an update would be replaced.
    expect(_titles(page)).to_have_text(["A Survey of Lighthouse Keepers"])
    page.get_by_label("Select A Survey of Lighthouse Keepers").check()
    expect(page.locator("#selection")).to_contain_text("1 paper selected")
    page.get_by_label("Search the papers").fill("glaciers norway")
    expect(_titles(page)).to_have_text(["Glacier Melt Seen from Balloons"])
    page.get_by_label("Select Glacier Melt Seen from Balloons").check()
    expect(page.locator("#selection")).to_contain_text("2 papers selected")

    page.locator("#selection").get_by_role("button", name="Remove").click()
    expect(page.locator("#library-notice")).to_contain_text("2 papers removed.")
    expect(page.locator("#papers-table")).to_contain_text("No paper matches")
    page.get_by_label("Search the papers").fill("")
    expect(page.locator(".pager")).to_contain_text("of 112")

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".pager")).to_contain_text("of 114")
    expect(page.locator("#library-notice")).to_be_empty()
    page.get_by_label("Search the papers").fill("lighthouse keepers")
    expect(_titles(page).first).to_have_text("A Survey of Lighthouse Keepers")


def test_search_works_after_all_papers_of_a_selected_year_are_removed(
    page: Page, library_chat: str
) -> None:
    _open_library(page, library_chat)
    _select_option(page, "Years", "1991 (1)")
    expect(_titles(page)).to_have_text(["Glacier Melt Seen from Balloons"])
    page.get_by_label("Select Glacier Melt Seen from Balloons").check()
    page.locator("#selection").get_by_role("button", name="Remove").click()
    expect(page.locator(".pager")).to_contain_text("of 113")

    page.get_by_label("Search the papers").fill("trams")
    expect(_titles(page)).to_have_text(["Silent Trams for Old Towns"])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#library-notice")).to_be_empty()


def test_uploaded_files_are_added_with_a_report(
    page: Page, library_chat: str, tmp_path: Path
) -> None:
    files = {"new.bib": _BIBTEX, "known.bib": _KNOWN, "empty.txt": ""}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    _open_library(page, library_chat)
    page.get_by_role("button", name="Add papers").click()
    page.locator("#drop input[type=file]").set_input_files([tmp_path / name for name in files])

    report = page.locator("#upload-status .report")
    expect(report).to_contain_text("1 paper added, 1 updated with new details")
    expect(report.locator("li", has_text="new.bib")).to_contain_text("no abstract (nothing)")
    expect(report.locator("li", has_text="empty.txt")).to_contain_text("is empty")
    expect(page.locator(".pager")).to_contain_text("of 115")
    expect(_titles(page).first).to_have_text("Dancing Bees in Tunnels")
    expect(page.locator("#header")).to_contain_text("115 papers")

    _titles(page).first.click()
    page.locator("article.paper").get_by_role("button", name="Remove").click()
    expect(page.locator(".pager")).to_contain_text("of 114")

    (tmp_path / "photo.exe").write_bytes(b"MZ")
    page.locator("#drop input[type=file]").set_input_files(tmp_path / "photo.exe")
    expect(page.get_by_text(re.compile("Invalid file type", re.IGNORECASE))).to_be_visible()
    expect(page.locator(".pager")).to_contain_text("of 114")


def test_chat_shows_examples_once_papers_are_added(
    page: Page, serve_chat: Callable[..., str], embedder: Embedder, tmp_path: Path
) -> None:
    Library(tmp_path / "library", embedder).close()
    (tmp_path / "new.bib").write_text(_BIBTEX, encoding="utf-8")
    page.goto(serve_chat(tmp_path / "library"))
    expect(page.locator("#chat .welcome")).to_contain_text("No papers yet")

    page.get_by_role("tab", name="Library").click()
    page.get_by_role("button", name="Add papers").click()
    page.locator("#drop input[type=file]").set_input_files(tmp_path / "new.bib")
    expect(page.locator("#upload-status .report")).to_contain_text("added")
    page.get_by_role("tab", name="Chat").click()
    expect(page.locator("#chat .example").first).to_be_visible()


def test_map_shows_titles_opens_papers_and_selects_them(page: Page, library_chat: str) -> None:
    # High enough for the whole map: the mouse cannot leave the viewport.
    page.set_viewport_size({"width": 1400, "height": 1400})
    _open_library(page, library_chat)
    page.get_by_label("Map", exact=True).check()
    points = page.locator(".map circle")
    expect(points).to_have_count(114)
    tip = page.locator(".map .tip")

    # Papers that do not match the search are faint.
    page.get_by_label("Search the papers").fill("trams")
    expect(page.locator(".map circle:not(.faint)")).to_have_count(1)
    page.get_by_label("Search the papers").fill("")
    expect(page.locator(".map circle.faint")).to_have_count(0)

    point = page.get_by_role("button", name="Silent Trams for Old Towns")
    point.hover()
    expect(tip).to_have_text("Silent Trams for Old Towns")
    point.click()
    paper = page.locator("article.paper")
    expect(paper).to_contain_text("Residents of Graz")

    # Keyboard: Tab reaches one point, the arrow keys move on, Enter opens.
    expect(page.locator(".map circle[tabindex='0']")).to_have_count(1)
    page.locator(".map circle[tabindex='0']").focus()
    here = tip.text_content()
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(arrow)
        if tip.text_content() != here:
            break
    there = tip.text_content()
    assert there not in ("", here)
    page.keyboard.press("Enter")
    expect(paper.locator("h3")).to_have_text(str(there))

    cluster = page.locator(".legend button").first
    count = int(cluster.locator("span").inner_text())
    cluster.click()
    expect(page.locator("#selection")).to_contain_text(f"{count} papers selected")
    expect(page.locator(".map circle.selected")).to_have_count(count)

    # A rectangle over the whole map selects all papers.
    box = page.locator(".map svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 2, steps=4)
    page.mouse.up()
    expect(page.locator("#selection")).to_contain_text("114 papers selected")
    expect(page.locator(".map circle.selected")).to_have_count(114)

    cluster.click()
    expect(page.locator("#selection")).to_contain_text(f"{count} papers selected")
    page.get_by_role("button", name="Ask about them").click()
    expect(page.locator("#scope")).to_contain_text(f"{count} papers")


def test_hostile_papers_are_shown_as_text_in_the_library(
    page: Page, serve_chat: Callable[..., str], embedder: Embedder, tmp_path: Path
) -> None:
    title = "<img src=x onerror='window.hacked = 1'> Walnuts ${window.hacked=1} {{walnuts}}"
    hostile = Paper(
        title=title,
        abstract="<script>window.hacked = 1</script> Walnuts fall. <b>Really</b>.",
        authors=("<img src=x onerror='window.hacked = 1'>",),
        source="<img src=x onerror='window.hacked = 1'>.txt",
        url="javascript:window.hacked=1",
    )
    library = Library(tmp_path / "library", embedder)
    library.add([hostile])
    library.close()
    _open_library(page, serve_chat(tmp_path / "library"))

    expect(_titles(page)).to_have_text([title])
    _titles(page).click()
    expect(page.locator("article.paper .abstract")).to_have_text(hostile.abstract)
    page.get_by_label("Map", exact=True).check()
    page.locator(".map circle").hover()
    expect(page.locator(".map .tip")).to_have_text(title)
    intruders = "img, script, iframe, b, a[href^='javascript']"
    expect(page.locator("#library").locator(intruders)).to_have_count(0)
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_tab_overflows_sideways_on_a_phone(page: Page, library_chat: str, theme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    table = _open_library(page, f"{library_chat}?__theme={theme}")
    for tab in ("Library", "Evals", "Settings"):
        page.get_by_role("tab", name=tab).click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390

    # The open paper covers the table until it is closed.
    page.get_by_role("tab", name="Library").click()
    _titles(page).first.click()
    paper = page.locator("article.paper")
    expect(paper).to_be_in_viewport()
    paper.get_by_role("button", name="Close the paper").click()
    expect(paper).to_have_count(0)
    expect(table).to_be_in_viewport()


def test_selection_bar_stays_in_view_and_next_page_starts_at_the_top(
    page: Page, library_chat: str
) -> None:
    _open_library(page, library_chat)
    page.locator("table.papers tbody input").first.check()
    bar = page.locator("#selection")
    expect(bar).to_contain_text("1 paper selected")

    following = page.locator(".pager").get_by_role("button", name="Next")
    following.scroll_into_view_if_needed()
    expect(bar).to_be_in_viewport(ratio=1)

    following.click()
    expect(page.locator(".pager")).to_contain_text("51–100 of 114")
    expect(_titles(page).first).to_be_in_viewport()
