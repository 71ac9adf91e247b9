"""Shared by the commands: options, opening a library, printing, and streamed answers."""
