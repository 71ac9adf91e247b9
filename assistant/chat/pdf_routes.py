"""The routes that serve the PDFs of papers to the browser's own viewer."""

from urllib.parse import quote, urlencode

from fastapi import APIRouter
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from assistant.chat.state import AppState
from assistant.papers import Paper
from assistant.papers.pdf_file import PdfFile
from assistant.text.sentences import Span, sentence_spans

PATHS = "/pdf(/[0-9a-f]{64}(/[^/]+)?)?"
"""The paths of the routes, as a regular expression."""

_NONE = "The library has no PDF of this paper, or not any more. Add it again to read it."
# The viewers of Chromium and Firefox then leave the whole width to the page.
_NO_SIDEBAR = {"navpanes": "0", "pagemode": "none"}
# Of a longer sentence only the first and the last words have to be found as they are: a word that
# the PDF hyphenates hides none of them then.
_FOUND_WORDS = 4
# Of a title in an address; some systems allow no longer file names.
_MAX_NAME_CHARACTERS = 120
# The file under a digest never changes, but who may read it does.
_CACHING = {"cache-control": "private, no-cache"}


def pdf_routes(app: AppState) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/pdf")
    def find(paper: str, start: int = -1) -> Response:
        """Redirect to the PDF of a paper, at a sentence. Finding its page may take seconds.

        Args:
            paper: the id of the paper.
            start: an offset within the sentence, in characters of the abstract.
        """
        found = _paper(app, paper)
        pdfs = app.assistant.library.pdfs
        if found is None or found.pdf is None or pdfs.path(found) is None:
            return PlainTextResponse(_NONE, 404)
        # Only whole sentences: an abstract has few of them, and each is searched for once.
        sentences = (one for one in sentence_spans(found.abstract) if one.start <= start < one.end)
        span = next(sentences, None)
        place = f"{_path(found, found.pdf)}#{_view(found, pdfs.page(found, span), span)}"
        return RedirectResponse(place, 303, headers=_CACHING)

    @routes.get("/pdf/{sha256}")
    @routes.get("/pdf/{sha256}/{name}")
    def read(sha256: str) -> Response:
        """Return a PDF to be shown, not saved. Range requests are supported.

        Viewers show the end of the path, which may be anything, as the name of the file.
        """
        id_ = app.assistant.library.catalogue.pdfs.paper_with(sha256)
        found = _paper(app, id_) if id_ else None
        path = app.assistant.library.pdfs.path(found) if found else None
        if found is None or path is None:
            return PlainTextResponse(_NONE, 404)
        return FileResponse(
            path,
            headers=_CACHING,
            media_type="application/pdf",
            filename=f"{found.title}.pdf",
            content_disposition_type="inline",
        )

    return routes


def _path(paper: Paper, pdf: PdfFile) -> str:
    """Return the path of a PDF. It ends with the title, which viewers show and save it under."""
    name = paper.title[:_MAX_NAME_CHARACTERS].replace("/", " ")
    return f"pdf/{pdf.sha256}/{quote(name, safe='')}.pdf"


def _view(paper: Paper, page: int, span: Span | None) -> str:
    """Return the fragment that tells viewers what to show: a page, with a sentence highlighted.

    Firefox searches for the sentence. Chromium finds it by the text directive at the end.
    """
    view = {"page": str(page), **_NO_SIDEBAR}
    if span is None:
        return urlencode(view)
    sentence = " ".join(span.of(paper.abstract).split())
    words = sentence.split()
    ends = [sentence]
    if len(words) > 2 * _FOUND_WORDS:
        ends = [" ".join(words[:_FOUND_WORDS]), " ".join(words[-_FOUND_WORDS:])]
    # A hyphen has a meaning in the directive.
    found = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
    search = urlencode({**view, "search": sentence, "phrase": "true"}, quote_via=quote)
    return f"{search}:~:text={found}"


def _paper(app: AppState, id_: str) -> Paper | None:
    return next(iter(app.assistant.library.catalogue.papers([id_])), None)
