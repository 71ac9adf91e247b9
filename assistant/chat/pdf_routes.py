"""The routes that serve the PDFs of papers to the browser's own viewer."""

from fastapi import APIRouter
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from assistant.chat.state import AppState
from assistant.papers import Paper
from assistant.text.sentences import sentence_spans

PATHS = "/pdf(/[0-9a-f]{64})?"
"""The paths of the routes, as a regular expression."""

_NONE = "The library has no PDF of this paper, or not any more. Add it again to read it."
# The viewers of Chromium and Firefox then leave the whole width to the page.
_NO_SIDEBAR = "navpanes=0&pagemode=none"
# The file under a digest never changes, but who may read it does.
_CACHING = {"cache-control": "private, no-cache"}


def pdf_routes(app: AppState) -> APIRouter:
    """Return the routes."""
    routes = APIRouter()

    @routes.get("/pdf")
    def find(paper: str, start: int = -1) -> Response:
        """Redirect to the PDF of a paper, at the page of a sentence. Finding it may take seconds.

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
        page = pdfs.page(found, next(sentences, None))
        place = f"pdf/{found.pdf.sha256}#page={page}&{_NO_SIDEBAR}"
        return RedirectResponse(place, 303, headers=_CACHING)

    @routes.get("/pdf/{sha256}")
    def read(sha256: str) -> Response:
        """Return a PDF to be shown, not saved. Range requests are supported."""
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


def _paper(app: AppState, id_: str) -> Paper | None:
    return next(iter(app.assistant.library.catalogue.papers([id_])), None)
