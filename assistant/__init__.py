"""A local research assistant: cited, checked answers from a collection of paper abstracts.

from assistant import Assistant

assistant = Assistant.open("~/papers")
print(assistant.ask("Which papers report results on GSM8K?"))
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answering import Answer, Assistant, Turn
    from assistant.errors import AssistantError
    from assistant.library import Scope
    from assistant.settings import Settings

__version__ = "0.1.0"
__all__ = ["Answer", "Assistant", "AssistantError", "Scope", "Settings", "Turn"]

_MODULES = {
    "Answer": "assistant.answering",
    "Assistant": "assistant.answering",
    "AssistantError": "assistant.errors",
    "Scope": "assistant.library",
    "Settings": "assistant.settings",
    "Turn": "assistant.answering",
}


def __getattr__(name: str) -> object:
    """Import the public names on first use: `assistant --help` needs none of them."""
    from importlib import import_module

    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
