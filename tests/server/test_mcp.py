"""MCP, used with the client of the official SDK."""

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult, TextContent
from run_async import run_async
from server_under_test import QUESTION, Served

import assistant
from assistant.library import Library
from assistant.server.mcp.server import build_mcp_server

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "packaging" / "mcpb"
MANIFEST = json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))
PARROTS = "arxiv:1901.00001"
READING = {"search_papers", "ask_papers", "get_paper", "list_papers", "search", "fetch"}


def with_client(server: Any, use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def connected() -> Any:
        async with Client(server) as client:
            return await use(client)

    return run_async(connected())


def call(served: Served, tool: str, **arguments: Any) -> CallToolResult:
    result = with_client(f"{served.url}/mcp", lambda client: client.call_tool(tool, arguments))
    assert isinstance(result, CallToolResult)
    return result


def text_of(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_tools_have_schemas_of_their_outputs_and_say_whether_they_change_anything(
    served: Served,
) -> None:
    tools = with_client(f"{served.url}/mcp", lambda client: client.list_tools()).tools
    hints = {tool.name: tool.annotations.read_only_hint for tool in tools}
    assert hints == {**dict.fromkeys(READING, True), "add_papers": False}
    assert all(tool.output_schema and tool.description for tool in tools)


def test_long_query_is_refused(served: Served) -> None:
    query = "walnuts " * 300
    for tool, name in [("search_papers", "query"), ("search", "query"), ("ask_papers", "question")]:
        assert "at most 2,000 characters" in text_of(call(served, tool, **{name: query}))


def test_answer_is_structured_and_text(served: Served) -> None:
    result = call(served, "ask_papers", question=QUESTION, papers=[PARROTS])
    answer = result.structured_content
    assert answer
    assert {cited["paper_id"] for cited in answer["citations"]} == {PARROTS}
    assert text_of(result).startswith(answer["answer"])


def test_search_ranks_papers(served: Served) -> None:
    result = call(served, "search_papers", query="noise of trams", limit=2)
    assert result.structured_content
    assert result.structured_content["papers"][0]["title"] == "Silent Trams for Old Towns"
    assert json.loads(text_of(result)) == result.structured_content


def test_result_of_chatgpts_search_can_be_fetched(served: Served) -> None:
    [first, *_] = json.loads(text_of(call(served, "search", query="parrots")))["results"]
    assert set(first) == {"id", "title", "url"}
    document = json.loads(text_of(call(served, "fetch", id=first["id"])))
    assert document["title"] == "Teaching Parrots to Count"
    assert document["text"].startswith("Six parrots")
    assert document["metadata"]["year"] == "2019"


def test_papers_are_listed(served: Served) -> None:
    page = call(served, "list_papers", years=[2019]).structured_content
    assert page
    assert [paper["paper_id"] for paper in page["papers"]] == [PARROTS]


def test_papers_with_a_tag_are_listed(served: Served) -> None:
    annotations = served.state.assistant.library.catalogue.annotations
    annotations.label("", "tag", "birds", [PARROTS])
    page = call(served, "list_papers", tags=["birds"]).structured_content
    annotations.unlabel("", "tag", "birds", [PARROTS])
    assert page
    assert [paper["paper_id"] for paper in page["papers"]] == [PARROTS]


def test_bibliography_is_added(served: Served) -> None:
    library = served.state.assistant.library
    bibtex = "@article{snails, title={Slow Snails}, abstract={Snails are slow.}, year={2020}}"
    added = call(served, "add_papers", text=bibtex).structured_content
    new = [paper.id for paper in library.catalogue.papers() if paper.title == "Slow Snails"]
    library.remove(new)
    assert added
    assert (added["added"], len(new)) == (1, 1)


def test_errors_are_shown_to_the_model(served: Served) -> None:
    unknown = call(served, "get_paper", paper_id="arxiv:0000.00000")
    assert unknown.is_error
    assert "No paper has the id" in text_of(unknown)
    assert "either references or the text" in text_of(call(served, "add_papers"))


def test_read_only_server_cannot_add(served: Served) -> None:
    async def get_state() -> Any:
        return served.state

    server = build_mcp_server(get_state, read_only=True)
    tools = with_client(server, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == READING


def test_bundle_for_claude_desktop_starts_the_command(small_library: Library) -> None:
    config = MANIFEST["server"]["mcp_config"]
    values = {
        "${__dirname}": str(BUNDLE),
        "${user_config.command}": str(Path(sys.executable).with_name("assistant")),
        "${user_config.library}": str(small_library.folder),
    }
    arguments = []
    for argument in config["args"]:
        for name, value in values.items():
            argument = argument.replace(name, value)
        arguments.append(argument)
    command = StdioServerParameters(command=config["command"], args=arguments)

    async def use(client: Client) -> tuple[set[str], Any]:
        tools = (await client.list_tools()).tools
        result = await client.call_tool("get_paper", {"paper_id": PARROTS})
        return {tool.name for tool in tools}, result.structured_content

    names, paper = with_client(stdio_client(command), use)
    assert names == {tool["name"] for tool in MANIFEST["tools"]}
    assert paper["title"] == "Teaching Parrots to Count"


def test_manifests_have_the_version_of_the_package() -> None:
    registry = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
    versions = {MANIFEST["version"], registry["version"], registry["packages"][0]["version"]}
    assert versions == {assistant.__version__}
