"""The list that opens over the question box after ``@``."""

from collections.abc import Sequence
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.chat.conversation.html.scope_chip import scope_chip
from assistant.chat.conversation.mention.candidates import (
    Candidate,
    find_candidates,
    scope_with,
)
from assistant.chat.shell import QUIET
from assistant.chat.state import AppState
from assistant.chat.widgets.event_fields import text
from assistant.chat.widgets.raw_html import raw_html
from assistant.library import Scope

_OPTION = Markup(
    '<li role="option" id="mention-{}" data-kind="{}" data-id="{}"><strong>{}</strong>'
    "<span>{}</span></li>"
)


def lay_out_mentions() -> gr.HTML:
    """Create the list, which is empty at first."""
    return raw_html(scripts=["conversation/mention/mention.js"], elem_id="mentions")


def connect_mentions(
    app: AppState, mentions: gr.HTML, chip: gr.HTML, scope_state: gr.State
) -> None:
    """Connect the list: typing finds candidates, and choosing one limits the scope.

    Args:
        app: the state of the page.
        mentions: the list.
        chip: shows the scope of the next question.
        scope_state: the `Scope` of the next question.
    """

    def on_find(event: gr.EventData, request: gr.Request) -> str:
        catalogue = app.assistant.library.catalogue
        owner = request.username or ""
        return mention_list(find_candidates(catalogue, text(event, "query"), owner))

    def on_choose(scope: Scope, event: gr.EventData, request: gr.Request) -> tuple[Scope, str]:
        kind, id_ = text(event, "kind"), text(event, "id")
        chosen = scope_with(scope, kind, id_, request.username or "")
        return chosen, scope_chip(chosen, app.assistant.library.catalogue)

    unqueued: dict[str, Any] = {"queue": False, **QUIET}
    mentions.click(on_find, None, mentions, trigger_mode="always_last", **unqueued)
    mentions.select(on_choose, scope_state, [scope_state, chip], **unqueued)


def mention_list(candidates: Sequence[Candidate]) -> str:
    """Return the HTML of the list, escaped; empty if nothing matches."""
    if not candidates:
        return ""
    options = (
        _OPTION.format(number, one.kind, one.id, one.name, one.facts)
        for number, one in enumerate(candidates)
    )
    return str(
        Markup('<ul role="listbox" aria-label="Papers and collections">{}</ul>').format(
            Markup("").join(options)
        )
    )
