"""The PDFs of papers, as the page's server serves them."""

from collections.abc import Callable
from urllib.parse import parse_qs, unquote

import httpx
import pytest
from page_client import PageClient
from pdf_chat import PdfChat, serve_pdf_chat
from stones_pdf import stones_pdf

from assistant.chat.widgets.pdf_link import pdf_address
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.text.sentences import Span


@pytest.fixture(scope="module")
def chat(
    serve_chat: Callable[..., str],
    embedder: Embedder,
    made_up_papers: list[Paper],
    tmp_path_factory: pytest.TempPathFactory,
) -> PdfChat:
    folder = tmp_path_factory.mktemp("pdfs") / "library"
    auth = ["ada:frost:owner", "cy:snow:reader"]
    return serve_pdf_chat(serve_chat, embedder, made_up_papers[0], folder, auth=auth)


@pytest.fixture(scope="module")
def reader(chat: PdfChat) -> httpx.Client:
    """A client with the account of a reader, which follows no redirects."""
    http = PageClient(chat.address, ("cy", "snow")).http
    http.follow_redirects = False
    return http


def file_of(chat: PdfChat) -> str:
    assert chat.paper.pdf is not None
    return f"/pdf/{chat.paper.pdf.sha256}"


def test_link_leads_to_the_page_of_the_sentence(chat: PdfChat, reader: httpx.Client) -> None:
    for span, page in [(None, 1), (chat.spans[1], 1), (chat.spans[2], 2)]:
        response = reader.get(f"/{pdf_address(chat.paper, span)}")
        assert response.status_code == 303
        place, _, view = response.headers["location"].partition("#")
        # Viewers show the end of the path as the name of the file.
        assert place == f"{file_of(chat)[1:]}/Stones%20of%20Norway%20Weighed.pdf"
        assert view.startswith(f"page={page}&")
        assert reader.get(f"/{place}").content == stones_pdf()


def test_link_names_the_sentence_to_be_highlighted(chat: PdfChat, reader: httpx.Client) -> None:
    location = reader.get(f"/{pdf_address(chat.paper, chat.spans[2])}").headers["location"]
    view, _, directive = location.partition("#")[2].partition(":~:")
    sentence = "A third of the stones float in mercury, though none of them floats in plain water."
    assert parse_qs(view)["search"] == [sentence]
    assert unquote(directive) == "text=A third of the,floats in plain water."
    whole = reader.get(f"/{pdf_address(chat.paper)}").headers["location"]
    assert ":~:" not in whole


@pytest.mark.parametrize("span", [Span(-5, 3), Span(10**6, 10**7)])
def test_place_that_is_no_sentence_leads_to_the_abstract(
    chat: PdfChat, reader: httpx.Client, span: Span
) -> None:
    response = reader.get(f"/{pdf_address(chat.paper, span)}")
    assert "#page=1&" in response.headers["location"]


def test_pdf_is_shown_and_is_nothing_but_a_pdf(chat: PdfChat, reader: httpx.Client) -> None:
    response = reader.get(file_of(chat))
    assert response.content == stones_pdf()
    headers = response.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"].startswith("inline; filename")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "private, no-cache"


def test_page_itself_cannot_be_framed(reader: httpx.Client) -> None:
    headers = reader.get("/").headers
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_pdf_may_be_requested_in_parts(chat: PdfChat, reader: httpx.Client) -> None:
    part = reader.get(file_of(chat), headers={"range": "bytes=0-4"})
    assert (part.status_code, part.content) == (206, b"%PDF-")


def test_pdf_needs_a_session(chat: PdfChat) -> None:
    with httpx.Client(base_url=chat.address) as stranger:
        for path in (file_of(chat), f"/{pdf_address(chat.paper)}"):
            response = stranger.get(path)
            assert response.status_code == 401
            assert b"%PDF" not in response.content


def test_other_sites_may_not_load_it(chat: PdfChat, reader: httpx.Client) -> None:
    foreign = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    for destination in ("iframe", "object", "embed"):
        headers = {**foreign, "sec-fetch-dest": destination}
        assert reader.get(file_of(chat), headers=headers).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/pdf?paper=title:unknown",
        f"/pdf/{'0' * 64}",
        "/pdf/../catalogue.sqlite",
        "/pdf/%2e%2e/catalogue.sqlite",
        "/pdf/catalogue.sqlite",
        "/pdf/",
    ],
)
def test_nothing_else_is_served(reader: httpx.Client, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_pdf_of_a_removed_paper_is_not_served_but_stays_for_undo(chat: PdfChat) -> None:
    owner = PageClient(chat.address, ("ada", "frost"))
    fields = {"action": "remove", "id": chat.paper.id}
    assert "paper removed" in owner.send("reader-panel", "click", [None, "Table"], fields)
    assert owner.http.get(file_of(chat)).status_code == 404
    assert (chat.folder / "pdfs").joinpath(file_of(chat)[5:] + ".pdf").exists()
