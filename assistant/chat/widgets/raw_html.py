"""A Gradio HTML component without Gradio's styles, with optional scripts."""

from collections.abc import Callable, Sequence
from pathlib import Path

import gradio as gr

_CHAT = Path(__file__).resolve().parent.parent

CLICKS = "widgets/clicks.js"
"""The script that sends clicks and ticks to the server, with their data attributes."""

FORMS = "widgets/forms.js"
"""The script that sends forms, each field as a list of its values, and clicks."""

SAVE_ON_LEAVING = "widgets/save_on_leaving.js"
"""The script that submits the form of a note when its field loses the focus."""


def raw_html(
    html: str | Callable[[], str] = "",
    *,
    scripts: Sequence[str] = (),
    elem_id: str | None = None,
    visible: bool = True,
    render: bool = True,
) -> gr.HTML:
    """Return a component that shows HTML.

    Args:
        html: the HTML, already escaped, or a function that returns it for each visit.
        scripts: the paths, within `assistant/chat`, of scripts to run when the component is shown.
        elem_id: its element id.
        visible: whether it is visible at first.
        render: whether it is laid out here; otherwise by its method ``render``.
    """
    script = "\n".join((_CHAT / path).read_text(encoding="utf-8") for path in scripts)
    return gr.HTML(
        html,
        js_on_load=script or None,
        apply_default_css=False,
        elem_id=elem_id,
        visible=visible,
        render=render,
    )
