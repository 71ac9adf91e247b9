"""Show expected errors to the visitor."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gradio as gr

from assistant.chat.widgets.without_paths import without_paths
from assistant.errors import AssistantError

P = ParamSpec("P")
T = TypeVar("T")


def show_errors(handler: Callable[P, T]) -> Callable[P, T]:
    """Decorate an event handler: the page shows the message of an `AssistantError`."""

    @functools.wraps(handler)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return handler(*args, **kwargs)
        except AssistantError as error:
            text = without_paths(str(error))
            raise gr.Error(text, duration=None, print_exception=False) from error

    return wrapper
