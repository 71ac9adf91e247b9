"""The browser chat: one page to ask questions, read cited answers and manage the library."""

from typing import TYPE_CHECKING

from assistant.chat.launch import launch

if TYPE_CHECKING:
    from assistant.chat.page import build_page

__all__ = ["build_page", "launch"]


def __getattr__(name: str) -> object:
    """Import `build_page` on first use: importing Gradio takes seconds."""
    if name != "build_page":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from assistant.chat.page import build_page

    return build_page
