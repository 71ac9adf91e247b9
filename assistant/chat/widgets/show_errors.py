"""Errors that a visitor can act on are shown to them."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gradio as gr

from assistant.errors import AssistantError

P = ParamSpec("P")
T = TypeVar("T")


def show_errors(handler: Callable[P, T]) -> Callable[P, T]:
    """Wrap what handles an event: an `AssistantError` of it is shown on the page as it reads."""

    @functools.wraps(handler)
    def tell(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return handler(*args, **kwargs)
        except AssistantError as error:
            raise gr.Error(str(error), duration=None, print_exception=False) from error

    return tell
