"""The tools that read papers and answer questions about them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import Annotated, TypeAlias

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from assistant.answering import Answer, PapersChecked
from assistant.answering.found_papers import find_papers
from assistant.answering.question.validate import check_length
from assistant.errors import AssistantError
from assistant.library import Scope
from assistant.library.browse import BrowseQuery, find_page
from assistant.papers import Paper
from assistant.server.mcp.outputs import DocumentBody, ResultBody, ResultsBody
from assistant.server.problems import UnknownNameError, message_of
from assistant.server.requests.answers import AskedQuestion, answer_events
from assistant.server.requests.bodies import (
    AnswerBody,
    PageBody,
    PaperBody,
    ScopeBody,
    SearchBody,
)
from assistant.server.state import ServerState

GetState: TypeAlias = Callable[[], Awaitable[ServerState]]
"""Returns the state of the server, once the library is open."""

_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Query: TypeAlias = Annotated[str, Field(description="A question or a few words.")]
PaperId: TypeAlias = Annotated[str, Field(description="An id such as arxiv:2412.15115.")]
_Limit: TypeAlias = Annotated[int, Field(ge=1, le=50, description="How many papers.")]
_Ids: TypeAlias = Annotated[
    list[str] | None, Field(description="Ids of the only papers that may answer.")
]
_Years: TypeAlias = Annotated[
    list[int] | None, Field(description="Years of publication of the only papers to consider.")
]
_Tags: TypeAlias = Annotated[
    list[str] | None, Field(description="The user's tags of the only papers to consider.")
]
_Collections: TypeAlias = Annotated[
    list[str] | None, Field(description="The user's collections with the only papers to consider.")
]


@contextmanager
def errors_for_models() -> Iterator[None]:
    """Convert errors that the user can act on into errors that the client's model is shown."""
    try:
        yield
    except AssistantError as error:
        raise ToolError(message_of(error)) from error


def add_reading_tools(server: MCPServer, get_state: GetState) -> None:
    """Add the tools that change nothing."""

    @server.tool(title="Search papers", annotations=_READS)
    async def search_papers(query: Query, limit: _Limit = 10) -> SearchBody:
        """Rank the papers of the library for a query, with the best sentence of each."""
        with errors_for_models():
            check_length(query)
            state = await get_state()
            found = await asyncio.to_thread(find_papers, state.assistant, query, limit)
        return SearchBody.of(query, found)

    @server.tool(title="Ask papers", annotations=_READS)
    async def ask_papers(
        question: Annotated[str, Field(description="In plain words, and complete by itself.")],
        context: Context,
        papers: _Ids = None,
        years: _Years = None,
        tags: _Tags = None,
        collections: _Collections = None,
    ) -> Annotated[CallToolResult, AnswerBody]:
        """Answer a question from the abstracts. Every sentence cites the sentence it rests on.

        A small model on the user's machine answers. It abstains if the abstracts do not say.
        """
        scope = _scope(papers, years, tags, collections)
        with errors_for_models():
            state = await get_state()
            async with aclosing(answer_events(state, AskedQuestion(question, (), scope))) as events:
                async for event in events:
                    if isinstance(event, PapersChecked):
                        await context.report_progress(event.done, event.total)
                    elif isinstance(event, Answer):
                        return _answer_result(event)
        raise AssertionError("the events end with the answer")

    @server.tool(title="Get a paper", annotations=_READS)
    async def get_paper(paper_id: PaperId) -> PaperBody:
        """Return a paper of the library with its abstract."""
        with errors_for_models():
            return PaperBody.of(_paper(await get_state(), paper_id))

    @server.tool(title="List papers", annotations=_READS)
    async def list_papers(
        search: Annotated[str, Field(description="Words that a paper contains.")] = "",
        years: _Years = None,
        tags: _Tags = None,
        collections: _Collections = None,
        page: Annotated[int, Field(ge=1)] = 1,
        size: _Limit = 20,
    ) -> PageBody:
        """List the papers of the library page by page; all, or those that match."""
        query = BrowseQuery(search, _scope(None, years, tags, collections))
        with errors_for_models():
            check_length(search)
            state = await get_state()
            catalogue = state.assistant.library.catalogue
            found = await asyncio.to_thread(find_page, catalogue, query, page=page, size=size)
        papers = [PaperBody.of(paper) for paper in found.papers]
        return PageBody(papers=papers, first=found.first, total=found.total)


def add_chatgpt_tools(server: MCPServer, get_state: GetState) -> None:
    """Add the two tools that ChatGPT's connectors need, with the names and outputs they expect."""

    @server.tool(title="Search", annotations=_READS)
    async def search(query: Query) -> ResultsBody:
        """Search the papers; `fetch` returns the text of a result."""
        with errors_for_models():
            check_length(query)
            state = await get_state()
            found = await asyncio.to_thread(find_papers, state.assistant, query)
        papers = [one.paper for one in found]
        return ResultsBody(
            results=[ResultBody(id=one.id, title=one.title, url=one.link or "") for one in papers]
        )

    @server.tool(title="Fetch", annotations=_READS)
    async def fetch(
        id: Annotated[str, Field(description="Of a result of `search`.")],
    ) -> DocumentBody:
        """Return the abstract of a paper that `search` found."""
        with errors_for_models():
            return DocumentBody.of(_paper(await get_state(), id))


def _scope(
    papers: list[str] | None,
    years: list[int] | None,
    tags: list[str] | None,
    collections: list[str] | None,
) -> Scope:
    return ScopeBody(
        papers=papers or [], years=years or [], tags=tags or [], collections=collections or []
    ).scope()


def _paper(state: ServerState, paper_id: str) -> Paper:
    found = state.assistant.library.catalogue.papers([paper_id])
    if not found:
        raise UnknownNameError(f"No paper has the id {paper_id!r}. The tool list_papers has ids.")
    return found[0]


def _answer_result(answer: Answer) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=str(answer))],
        structured_content=AnswerBody.of(answer).model_dump(),
    )
