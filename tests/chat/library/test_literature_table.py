"""The literature table in the browser. Its rows are stored: no model has to write them."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.answering.model_handle import model_used
from assistant.answering.table import Row
from assistant.answering.table.extract import Cell
from assistant.answering.table.row_cache import RowCache
from assistant.library import Embedder, Library
from assistant.llm import prompts_fingerprint
from assistant.papers import Paper
from assistant.settings import Settings
from assistant.text.sentences import sentence_spans

_COLUMNS = ("method", "result")


def test_table_is_filled_quoted_edited_and_saved(
    page: Page,
    serve_chat: Callable[..., str],
    embedder: Embedder,
    made_up_papers: list[Paper],
    tmp_path: Path,
) -> None:
    papers = made_up_papers[:2]
    library = Library(tmp_path / "library", embedder)
    library.add(papers)
    library.close()
    made_by = f"{model_used(Settings(model='smollm2-135m-instruct'))} {prompts_fingerprint('')}"
    cache = RowCache(library.folder, _COLUMNS, made_by)
    for paper in papers:
        quote = sentence_spans(paper.abstract)[1]
        cache.add(Row(paper, (Cell(paper.title.split()[0], quote), Cell())))

    page.goto(f"{serve_chat(library.folder)}?tab=library")
    page.locator("table.papers").wait_for()
    page.get_by_label("Literature table").check()
    expect(page.locator("#literature-table")).to_contain_text("Name the columns")
    page.get_by_label("Columns").fill(", ".join(_COLUMNS))
    page.get_by_role("button", name="Fill").click()
    cells = page.locator(".literature td[data-column=method]")
    expect(cells).to_have_count(2)
    glacier = page.locator(".literature tr", has_text="Glacier").locator("td").first
    expect(glacier).to_have_attribute(
        "title", "“IceTrack, our method, finds cracks that satellites miss.”"
    )
    expect(page.get_by_role("button", name="Save as CSV")).to_be_visible()

    glacier.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("IceTrack")
    page.keyboard.press("Enter")
    expect(glacier).to_have_class("edited")
    page.reload()
    page.get_by_label("Literature table").check()
    expect(glacier).to_have_class("edited")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    assert "IceTrack," in Path(download.value.path()).read_text(encoding="utf-8")

    page.locator(".literature th button", has_text="Parrots").click()
    expect(page.locator("article.paper h3")).to_have_text(papers[1].title)
