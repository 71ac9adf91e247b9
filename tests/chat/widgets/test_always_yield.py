"""Generators of the page that have nothing to say."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.chat.widgets.always_yield import always_yield


def updates_of(texts: list[str]) -> list[dict[Any, Any]]:
    """Return what the page is sent by an event that yields some texts."""

    def on_click() -> Iterator[dict[Any, Any]]:
        for text in texts:
            yield {shown: text}

    with gr.Blocks() as page:
        button, shown = gr.Button(), gr.Textbox()
        button.click(on_click, None, [shown, button])
    always_yield(page)
    [event] = page.fns.values()
    assert event.fn is not None
    return [{type(key): value for key, value in one.items()} for one in event.fn()]


def test_an_event_that_yields_nothing_leaves_the_page_as_it_is() -> None:
    assert updates_of([]) == [{gr.Textbox: gr.skip()}]


def test_an_event_that_yields_is_left_alone() -> None:
    assert updates_of(["one", "two"]) == [{gr.Textbox: "one"}, {gr.Textbox: "two"}]
