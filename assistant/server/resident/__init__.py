"""The server that runs for a library: its record on disk, and a client for it."""
