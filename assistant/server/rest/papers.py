"""The routes under ``/papers`` and ``/search``."""

import asyncio
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Query, UploadFile
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse

from assistant.answering.found_papers import find_papers
from assistant.answering.question.validate import check_length
from assistant.errors import InputError
from assistant.library.browse import BrowseQuery, find_page
from assistant.papers import Paper
from assistant.papers.references import STYLES, reference_list, styles_of_library
from assistant.papers.selection import select
from assistant.papers.writers import WRITERS
from assistant.server.problems import UnknownNameError
from assistant.server.requests.adding import add_files, add_references
from assistant.server.requests.bodies import (
    AddedBody,
    PageBody,
    PaperBody,
    PaperOrder,
    ReferencesBody,
    ScopeBody,
    SearchBody,
)
from assistant.server.state import ServerState

_CONTENT_TYPES = {
    "csl": "application/json",
    "csv": "text/csv",
    "endnote": "application/xml",
    "jsonl": "application/jsonl",
}


def paper_routes(state: ServerState) -> APIRouter:
    """Return the routes that read papers."""
    routes = APIRouter(tags=["Papers"])

    @routes.get("/search")
    def search(
        q: Annotated[str, Query(description="A question or a few words.")],
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> SearchBody:
        """Rank the papers for a query, and quote the best sentence of each."""
        check_length(q)
        return SearchBody.of(q, find_papers(state.assistant, q, limit))

    @routes.get("/papers")
    def list_papers(
        search: Annotated[str, Query(description="Words that a paper contains.")] = "",
        year: Annotated[list[int] | None, Query()] = None,
        source: Annotated[list[str] | None, Query()] = None,
        tag: Annotated[list[str] | None, Query()] = None,
        collection: Annotated[list[str] | None, Query()] = None,
        order: PaperOrder = "best",
        page: Annotated[int, Query(ge=1)] = 1,
        size: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> PageBody:
        """List papers, page by page."""
        scope = ScopeBody(
            years=year or [], sources=source or [], tags=tag or [], collections=collection or []
        ).scope()
        query = BrowseQuery(search, scope, order)
        found = find_page(state.assistant.library.catalogue, query, page=page, size=size)
        papers = [PaperBody.of(paper) for paper in found.papers]
        return PageBody(papers=papers, first=found.first, total=found.total)

    @routes.get("/papers/export")
    def export(
        format: str = "bibtex",
        filter: Annotated[
            list[str] | None, Query(description="A condition, such as year>=2023.")
        ] = None,
    ) -> StreamingResponse:
        """Write papers as bibtex, biblatex, ris, csl, endnote, csv, jsonl or md.

        Or list references: in one of the styles apa, chicago, harvard, ieee, mla and vancouver, or
        in a CSL style in the folder ``styles`` of the library, by the name of its file.
        """
        styles = styles_of_library(state.assistant.library.folder)
        if format not in {*WRITERS, *STYLES, *styles}:
            known = ", ".join(dict.fromkeys((*WRITERS, *STYLES, *styles)))
            raise InputError(f"{format!r} is not a format. Choose one of {known}.")
        papers = select(state.assistant.papers(), filter or ())
        if format not in WRITERS:
            listed = list(reference_list(papers, styles.get(format, format)))
            return StreamingResponse(listed, media_type="text/plain")
        kind = _CONTENT_TYPES.get(format, "text/plain")
        return StreamingResponse(WRITERS[format].write(papers), media_type=kind)

    @routes.get(
        "/papers/{paper_id:path}/pdf",
        response_class=FileResponse,
        response_model=None,
    )
    def get_pdf(paper_id: str) -> FileResponse | JSONResponse:
        """Return the PDF that a paper was read from; it may be requested in parts."""
        catalogue = state.assistant.library.catalogue
        ending = f"{paper_id}/pdf"  # an id such as that of doi:10.5555/a/pdf
        if not catalogue.papers([paper_id]) and (whole := catalogue.papers([ending])):
            return JSONResponse(PaperBody.of(whole[0]).model_dump(mode="json"))
        paper = paper_with_id(state, paper_id)
        path = state.assistant.library.pdfs.path(paper)
        if path is None:
            raise UnknownNameError(f"The library has no PDF of {paper_id!r}. POST /papers adds it.")
        return FileResponse(path, media_type="application/pdf", filename=f"{paper.title}.pdf")

    @routes.get("/papers/{paper_id:path}")
    def get_paper(paper_id: str) -> PaperBody:
        """Return one paper with its abstract."""
        return PaperBody.of(paper_with_id(state, paper_id))

    return routes


def changing_routes(state: ServerState) -> APIRouter:
    """Return the routes that add and remove papers."""
    routes = APIRouter(tags=["Papers"])

    @routes.post("/papers")
    def add(files: list[UploadFile]) -> AddedBody:
        """Add the papers in files; their formats are detected from the content."""
        sent: list[tuple[str, BinaryIO]] = [(file.filename or "", file.file) for file in files]
        return AddedBody.of(add_files(state.assistant, sent))

    @routes.post("/papers/fetch")
    def fetch(body: ReferencesBody) -> AddedBody:
        """Add papers by arXiv id or DOI, over the network."""
        return AddedBody.of(add_references(state.assistant, body.references))

    @routes.delete("/papers/{paper_id:path}", status_code=204)
    async def delete(paper_id: str) -> None:
        """Remove a paper."""
        paper = paper_with_id(state, paper_id)
        await asyncio.to_thread(state.assistant.library.remove, [paper.id])

    return routes


def paper_with_id(state: ServerState, paper_id: str) -> Paper:
    """Return a paper of the library.

    Raises:
        UnknownNameError: there is none with this id.
    """
    found = state.assistant.library.catalogue.papers([paper_id])
    if not found:
        raise UnknownNameError(f"No paper has the id {paper_id!r}. GET /papers lists the ids.")
    return found[0]
