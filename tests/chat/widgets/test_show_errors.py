"""Errors shown to the visitor."""

import gradio as gr
import pytest

from assistant.chat.widgets.show_errors import show_errors
from assistant.errors import LibraryError


def test_assistant_error_becomes_a_gradio_error_with_its_message() -> None:
    @show_errors
    def fail() -> None:
        raise LibraryError("The disk is full. Free some space.")

    with pytest.raises(gr.Error, match=r"Free some space\."):
        fail()
