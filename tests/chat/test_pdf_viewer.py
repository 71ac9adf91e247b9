"""The PDF of a paper opens beside the answer, at the page of the cited sentence."""

import io
import time
from collections.abc import Callable

import pytest
from chat_steps import open_chat
from contrast import contrast
from pdf_chat import PdfChat, serve_pdf_chat
from PIL import Image
from playwright.sync_api import Locator, Page, Request, expect

from assistant.library import Embedder
from assistant.papers import Paper

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chat(
    serve_chat: Callable[..., str],
    embedder: Embedder,
    made_up_papers: list[Paper],
    tmp_path_factory: pytest.TempPathFactory,
) -> PdfChat:
    folder = tmp_path_factory.mktemp("pdfs") / "library"
    return serve_pdf_chat(serve_chat, embedder, made_up_papers[0], folder)


@pytest.fixture
def shown(page: Page, chat: PdfChat) -> Page:
    """The conversation, in a page that notes where PDFs are loaded from as ``loaded``."""
    open_chat(page, chat.url)
    return page


def viewer(page: Page) -> Locator:
    return page.get_by_role("complementary", name="PDF of")


def open_pdf(page: Page) -> Locator:
    return page.get_by_role("link", name="Open PDF")


def highlighted_pixels(pdf: Locator) -> int:
    """Return the number of pixels of a PDF in Chromium's light purple; it is black on white."""
    picture = Image.open(io.BytesIO(pdf.screenshot())).convert("RGB")
    colours = picture.getcolors(picture.width * picture.height) or []
    return sum(count for count, (red, green, blue) in colours if min(red, blue) > green + 10 > 180)


def load_of_pdf(page: Page, act: Callable[[], object]) -> Request:
    """Do something that loads a PDF; return the request that the redirection led to."""
    with page.expect_request(lambda request: "/pdf/" in request.url) as loaded:
        act()
    return loaded.value


def page_asked_for(request: Request) -> str:
    """Return the page in the address that a redirection led to."""
    first = request.redirected_from
    assert first is not None
    response = first.response()
    assert response is not None
    return response.headers["location"].partition("#")[2].partition("&")[0]


def test_only_a_paper_with_a_pdf_has_the_link(shown: Page) -> None:
    expect(shown.locator("#sources-panel article.source")).to_have_count(2)
    expect(open_pdf(shown)).to_have_count(1)


def test_pdf_opens_beside_the_answer_at_the_first_cited_page(shown: Page, chat: PdfChat) -> None:
    request = load_of_pdf(shown, open_pdf(shown).click)
    assert page_asked_for(request) == "page=1"
    response = request.response()
    assert response is not None
    assert response.headers["content-type"] == "application/pdf"
    expect(viewer(shown)).to_be_visible()
    expect(shown.locator("#chat .reply")).to_be_visible()
    answer, pdf = (one.bounding_box() for one in (shown.locator("#conversation"), viewer(shown)))
    assert answer is not None
    assert pdf is not None
    assert answer["x"] + answer["width"] <= pdf["x"] + 1
    assert shown.url == chat.url


def test_citation_turns_the_open_pdf_to_its_page(shown: Page) -> None:
    load_of_pdf(shown, open_pdf(shown).click)
    citations = shown.locator("#chat a.citation")
    request = load_of_pdf(shown, citations.nth(2).click)
    assert page_asked_for(request) == "page=2"
    citations.nth(1).click()  # of the paper without a PDF
    expect(viewer(shown)).to_be_hidden()
    expect(shown.locator("mark.shown")).to_be_in_viewport()


def test_cited_sentence_is_highlighted(shown: Page) -> None:
    open_pdf(shown).click()
    # The viewer is an extension of Chromium: only its picture tells what it highlights.
    deadline = time.monotonic() + 60
    while not highlighted_pixels(viewer(shown)) and time.monotonic() < deadline:
        shown.wait_for_timeout(500)
    assert highlighted_pixels(viewer(shown)) > 1000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_button_that_closes_the_viewer_has_enough_contrast(
    page: Page, chat: PdfChat, theme: str
) -> None:
    open_chat(page, f"{chat.url}&__theme={theme}")
    open_pdf(page).click()
    assert contrast(page.get_by_role("button", name="Close the PDF")) >= 4.5


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_closing_returns_to_the_sources(shown: Page, way: str) -> None:
    open_pdf(shown).click()
    if way == "button":
        shown.get_by_role("button", name="Close the PDF").click()
    else:
        shown.keyboard.press("Escape")
    expect(viewer(shown)).to_be_hidden()
    expect(open_pdf(shown)).to_be_focused()
    expect(shown.locator("iframe")).to_have_count(0)


def test_opening_pdfs_adds_nothing_to_the_history(shown: Page) -> None:
    before = shown.evaluate("history.length")
    load_of_pdf(shown, open_pdf(shown).click)
    load_of_pdf(shown, shown.locator("#chat a.citation").nth(2).click)
    assert shown.evaluate("history.length") == before


def test_paper_in_the_library_opens_its_pdf(shown: Page) -> None:
    shown.get_by_role("button", name="Open in library").first.click()
    article = shown.locator("#reader article.paper")
    request = load_of_pdf(shown, article.get_by_role("link", name="Open PDF").click)
    assert page_asked_for(request) == "page=1"
    expect(article).to_be_visible()
    expect(shown.locator("#papers")).to_be_hidden()


def test_phone_opens_a_tab_of_its_own(shown: Page) -> None:
    shown.set_viewport_size(PHONE)  # type: ignore[arg-type]
    with shown.context.expect_page() as opened:
        open_pdf(shown).click()
    expect(viewer(shown)).to_be_hidden()
    assert "/pdf" in opened.value.url or opened.value.url in ("", "about:blank")
