"""The browser chat: one page on which questions are asked, answered and traced to their sources."""

from typing import TYPE_CHECKING

from assistant.chat.launch import launch

if TYPE_CHECKING:
    from assistant.chat.page import build_page

__all__ = ["build_page", "launch"]


def __getattr__(name: str) -> object:
    """Import the page when it is first used: Gradio takes seconds to import."""
    if name != "build_page":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from assistant.chat.page import build_page

    return build_page
