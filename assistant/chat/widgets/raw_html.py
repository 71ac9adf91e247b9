"""A Gradio HTML component without Gradio's styles, with an optional script."""

from pathlib import Path

import gradio as gr

_CHAT = Path(__file__).resolve().parent.parent

CLICKS = "widgets/clicks.js"
"""The script that sends clicks and ticks to the server, with their data attributes."""


def raw_html(
    html: str = "", *, script: str = "", elem_id: str | None = None, visible: bool = True
) -> gr.HTML:
    """Return a component that shows HTML.

    Args:
        html: the HTML, already escaped.
        script: the path, within `assistant/chat`, of a script to run when the component is shown.
        elem_id: its element id.
        visible: whether it is visible at first.
    """
    return gr.HTML(
        html,
        js_on_load=(_CHAT / script).read_text(encoding="utf-8") if script else None,
        apply_default_css=False,
        elem_id=elem_id,
        visible=visible,
    )
