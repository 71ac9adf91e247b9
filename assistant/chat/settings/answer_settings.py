"""The line under the question box: the model, and when it abstains."""

from collections.abc import Callable

import gradio as gr
from markupsafe import Markup

from assistant.answering import Assistant
from assistant.chat.rights import needs
from assistant.chat.settings.saved_settings import abstention_name
from assistant.chat.widgets.header import model_name
from assistant.chat.widgets.raw_html import raw_html
from assistant.settings import ABSTENTION

_TITLE = "How sure the assistant must be that the abstracts contain the answer"


def create_answer_settings(assistant: Callable[[], Assistant]) -> gr.HTML:
    """Create the component; the chat tab renders it.

    Args:
        assistant: returns the page's current assistant.
    """
    return raw_html(
        lambda: answer_settings(assistant()),
        scripts=["settings/answer_settings.js"],
        elem_id="answer-settings",
        render=False,
    )


def answer_settings(assistant: Assistant) -> str:
    """Return the HTML of the line, escaped."""
    chosen = abstention_name(assistant.settings.abstention_threshold)
    names = sorted(ABSTENTION, key=lambda name: -ABSTENTION[name])
    options = [
        Markup('<option value="{}"{}>{}</option>').format(
            name, Markup(" selected") if name == chosen else "", name.title()
        )
        for name in names
    ]
    if chosen is None:
        threshold = f"{assistant.settings.abstention_threshold:g}"
        options.insert(0, Markup("<option selected disabled>{}</option>").format(threshold))
    return str(
        Markup(
            '<p><button type="button" data-goto="settings" title="Choose the model">{}</button>'
            '<span class="{}" title="{}"><label for="abstention">Abstention</label> '
            '<select id="abstention" data-action="abstention">{}</select></span></p>'
        ).format(model_name(assistant), needs("change settings"), _TITLE, Markup("").join(options))
    )
