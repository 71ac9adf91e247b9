"""Make event handlers that are generators yield at least once."""

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr
from gradio.blocks import Block


def always_yield(page: gr.Blocks) -> None:
    """Make each event handler of a page that is a synchronous generator yield at least once.

    When one ends without a yield, Gradio sends empty values for all outputs, which clears them.
    """
    for event in page.fns.values():
        if event.fn is not None and inspect.isgeneratorfunction(event.fn):
            event.fn = _yielding(event.fn, event.outputs[0])


def _yielding(handler: Callable[..., Iterator[Any]], output: Block) -> Callable[..., Any]:
    @functools.wraps(handler)
    def wrapper(*args: Any, **kwargs: Any) -> Iterator[Any]:
        has_yielded = False
        for update in handler(*args, **kwargs):
            has_yielded = True
            yield update
        if not has_yielded:
            yield {output: gr.skip()}

    return wrapper
