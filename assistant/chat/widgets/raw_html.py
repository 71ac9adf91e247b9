"""HTML of our own as a component: none of Gradio's styles, a script that tells what is done."""

from pathlib import Path

import gradio as gr

_CHAT = Path(__file__).resolve().parent.parent

CLICKS = "clicks.js"
"""Tells clicks on buttons and ticks, with their data."""


def raw_html(
    html: str = "", *, script: str = "", elem_id: str | None = None, visible: bool = True
) -> gr.HTML:
    """Return a component that shows HTML.

    Args:
        html: escaped already.
        script: the name of the file beside this one that runs once it is shown.
        elem_id: its id on the page.
        visible: whether it is shown at first.
    """
    return gr.HTML(
        html,
        js_on_load=(_CHAT / script).read_text(encoding="utf-8") if script else None,
        apply_default_css=False,
        elem_id=elem_id,
        visible=visible,
    )
