"""The MCP server, without its transport."""

from mcp.server.mcpserver import MCPServer

from assistant import __version__
from assistant.server.mcp.adding_tools import add_adding_tools
from assistant.server.mcp.tools import GetState, add_chatgpt_tools, add_reading_tools

_INSTRUCTIONS = (
    "A library of paper abstracts on the user's machine. Use ask_papers for questions about what "
    "papers say: its answers quote their sources. Use search_papers to find papers on a subject."
)


def build_mcp_server(get_state: GetState, *, read_only: bool) -> MCPServer:
    """Return the server with its tools.

    Args:
        get_state: returns the state of the server, once the library is open.
        read_only: whether the tool that adds papers is left out.
    """
    server: MCPServer = MCPServer(
        "paper-assistant",
        title="Paper assistant",
        instructions=_INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
    )
    add_reading_tools(server, get_state)
    add_chatgpt_tools(server, get_state)
    if not read_only:
        add_adding_tools(server, get_state)
    return server
