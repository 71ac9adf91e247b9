"""Start the installed assistant as an MCP server. The models are too large for a bundle."""

import subprocess
import sys

if __name__ == "__main__":
    command, library = sys.argv[1:3]
    # Standard input and output are inherited: the client talks to the command itself.
    sys.exit(subprocess.call([command, "mcp", "--library", library, *sys.argv[3:]]))
