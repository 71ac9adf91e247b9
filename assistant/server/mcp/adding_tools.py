"""The tool that adds papers. A read-only server does not have it."""

import asyncio
import io
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp_types import ToolAnnotations
from pydantic import Field

from assistant.errors import InputError
from assistant.server.mcp.tools import GetState, errors_for_models
from assistant.server.requests.adding import add_files, add_references
from assistant.server.requests.bodies import AddedBody

_ADDS = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=True
)


def add_adding_tools(server: MCPServer, get_state: GetState) -> None:
    """Add the tool ``add_papers``."""

    @server.tool(title="Add papers", annotations=_ADDS)
    async def add_papers(
        references: Annotated[
            list[str] | None,
            Field(description="Such as arxiv:2412.15115 or doi:10.1000/182; fetched from the web."),
        ] = None,
        text: Annotated[
            str, Field(description="Or a bibliography itself: BibTeX, RIS, CSV, JSON and others.")
        ] = "",
    ) -> AddedBody:
        """Add papers to the library. Those that it has already are not added again."""
        with errors_for_models():
            assistant = (await get_state()).assistant
            if bool(references) == bool(text.strip()):
                raise InputError("Give either references or the text of a bibliography.")
            if references:
                report = await asyncio.to_thread(add_references, assistant, references)
            else:
                files = [("papers.txt", io.BytesIO(text.encode()))]
                report = await asyncio.to_thread(add_files, assistant, files)
        return AddedBody.of(report)
