"""``POST /ask`` and ``POST /table``: what the language model answers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from assistant.answering import (
    Answer,
    EvidenceFound,
    PapersChecked,
    SentenceDropped,
    SentenceWritten,
    TokenWritten,
)
from assistant.answering.table import Row
from assistant.answering.table.extract import parse_columns
from assistant.errors import AssistantError
from assistant.papers import Paper
from assistant.server.access.checks import client_of
from assistant.server.problems import message_of, problem_of
from assistant.server.requests.answers import (
    AskedQuestion,
    ClientEvent,
    Waiting,
    after_first_event,
    answer_events,
    last_answer,
    queue_place,
    wait_for_turn,
)
from assistant.server.requests.bodies import AnswerBody, ScopeBody, TurnBody
from assistant.server.requests.client_leaves import unless_client_leaves
from assistant.server.requests.sse import event, event_stream
from assistant.server.state import ServerState


class AskBody(BaseModel):
    """A question."""

    question: str = Field(description="In plain words.")
    history: list[TurnBody] = Field(default=[], description="Earlier turns, oldest first.")
    scope: ScopeBody = ScopeBody()
    stream: bool = Field(default=False, description="Whether to send server-sent events.")


class TableBody(BaseModel):
    """A table to fill from the abstracts."""

    columns: list[str] = Field(description="What to extract from each paper, such as method.")
    scope: ScopeBody = ScopeBody()


class CellBody(BaseModel):
    """A cell; empty if the abstract does not support one."""

    column: str
    text: str
    quote: str


class RowBody(BaseModel):
    """The row of one paper."""

    paper_id: str
    title: str
    cells: list[CellBody]


def ask_routes(state: ServerState) -> APIRouter:
    """Return the routes that use the language model."""
    routes = APIRouter(tags=["Questions"])

    @routes.post(
        "/ask",
        response_model=AnswerBody,
        responses={200: {"content": {"text/event-stream": {}}}},
    )
    async def ask(body: AskBody, request: Request) -> Response | AnswerBody:
        """Answer a question about the papers, and cite the sources.

        With `stream` the events are `waiting`, `evidence`, `checked`, `token`, `sentence`,
        `dropped`, and at the end `answer` or `error`.
        """
        turns = [one.turn() for one in body.history]
        scope, client = body.scope.scope(), client_of(request)
        asked = AskedQuestion(body.question, turns, scope, client=client)
        events = answer_events(state, asked)
        if body.stream:
            return event_stream(_named_events(await after_first_event(events)))
        return AnswerBody.of(await unless_client_leaves(request, last_answer(events)))

    @routes.post("/table", response_model=list[RowBody])
    async def table(body: TableBody, request: Request) -> list[RowBody]:
        """Fill a table: a row for each paper, each cell checked against the abstract.

        It waits in the queue of questions. Rows are stored, so a table that is asked for again
        continues where it stopped.
        """
        columns = parse_columns(",".join(body.columns))
        papers = state.assistant.library.catalogue.papers_in(body.scope.scope())
        return await unless_client_leaves(request, _table(columns, papers, client_of(request)))

    async def _table(
        columns: tuple[str, ...], papers: Sequence[Paper], client: str
    ) -> list[RowBody]:
        found: list[RowBody] = []
        with queue_place(state, client) as ticket:
            await wait_for_turn(state, ticket)
            rows = state.assistant.table(columns, papers)
            while (row := await asyncio.to_thread(next, rows, None)) is not None:
                found.append(_row_body(columns, row))
        return found

    return routes


async def _named_events(events: AsyncIterator[ClientEvent]) -> AsyncIterator[str]:
    try:
        async for one in events:
            name, data = _named(one)
            yield event(data, name)
    except AssistantError as error:
        yield event({"status": problem_of(error).status, "detail": message_of(error)}, "error")


def _named(one: ClientEvent) -> tuple[str, Any]:
    match one:
        case Waiting():
            return "waiting", {"ahead": one.ahead}
        case EvidenceFound():
            return "evidence", [
                {"paper_id": shown.paper.id, "text": shown.text} for shown in one.evidence
            ]
        case PapersChecked():
            return "checked", {"done": one.done, "total": one.total, "found": one.found}
        case TokenWritten():
            return "token", one.text
        case SentenceWritten():
            sentence = one.sentence
            return "sentence", {
                "text": sentence.text,
                "citations": list(sentence.citations),
                "listed": sentence.listed,
            }
        case SentenceDropped():
            return "dropped", {"text": one.sentence.text, "missing": list(one.sentence.missing)}
        case Answer():
            return "answer", one.to_dict()


def _row_body(columns: tuple[str, ...], row: Row) -> RowBody:
    cells = [
        CellBody(column=column, text=cell.text, quote=row.quote(i))
        for i, (column, cell) in enumerate(zip(columns, row.cells, strict=True))
    ]
    return RowBody(paper_id=row.paper.id, title=row.paper.title, cells=cells)
