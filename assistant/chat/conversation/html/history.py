"""The list of conversations, and the bar above the open one."""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup, escape

from assistant.chat.widgets.icons import icon
from assistant.library import Conversation

_ITEM = Markup(
    '<li{current}><button type="button" class="open" data-action="open" data-event="select" '
    'data-id="{id}">{title}{snippet}</button>'
    '<details class="menu"><summary tabindex="-1" aria-label="Rename or delete {title}" '
    'title="Rename or delete">{icon}</summary><div class="items">'
    '<form data-action="rename" data-id="{id}">'
    '<input name="title" value="{title}" maxlength="80" aria-label="Title"><button>Rename</button>'
    '</form><button type="button" data-action="remove" data-event="{remove_event}" data-id="{id}">'
    "Delete</button></div></details></li>"
)


def history_list(conversations: Sequence[Conversation], current: str, search: str) -> str:
    """Return the list's HTML, escaped: the latest conversation first, grouped by day.

    Args:
        conversations: the conversations to list.
        current: the id of the open one.
        search: the search text; empty if all are listed.
    """
    if not conversations:
        empty = "No conversation contains these words." if search.strip() else "None yet."
        return str(Markup('<p class="empty">{}</p>').format(empty))
    days = groupby(conversations, key=lambda one: _day(date.fromtimestamp(one.changed)))
    return str(
        Markup("").join(
            Markup("<h3>{}</h3><ul>{}</ul>").format(
                day, Markup("").join(_item(one, current) for one in ones)
            )
            for day, ones in days
        )
    )


def conversation_bar(conversation: Conversation | None) -> str:
    """Return the bar's HTML, escaped: the conversation's title and its export menu."""
    toggle = Markup(
        '<button type="button" class="toggle" data-toggle="history" '
        'aria-label="Conversations" title="Conversations">{}</button>'
    ).format(icon("menu"))
    if conversation is None:
        return str(toggle)
    return str(
        toggle
        + Markup(
            '<h2>{}</h2><details class="menu"><summary aria-label="Export" title="Export">{}'
            '</summary><div class="items">'
            '<button type="button" data-action="markdown">Conversation as Markdown</button>'
            '<button type="button" data-action="bibtex">Cited papers as BibTeX</button>'
            '<button type="button" data-action="feedback">All feedback as a question set</button>'
            "</div></details>"
        ).format(conversation.title, icon("download"))
    )


def _item(conversation: Conversation, current: str) -> Markup:
    is_current = conversation.id == current
    return _ITEM.format(
        id=conversation.id,
        title=conversation.title,
        snippet=_snippet(conversation),
        current=Markup(' aria-current="true"') if is_current else "",
        icon=icon("more"),
        # Deleting the open conversation leaves it, like opening another: both are "select".
        remove_event="select" if is_current else "click",
    )


def _snippet(conversation: Conversation) -> Markup:
    """Return the snippet with the matches highlighted; empty if the title already shows it."""
    pieces = conversation.snippet
    if "".join(pieces).strip("…") in conversation.title:
        return Markup("")
    marked = (
        Markup("<mark>{}</mark>").format(piece) if index % 2 else escape(piece)
        for index, piece in enumerate(pieces)
    )
    return Markup('<span class="snippet">{}</span>').format(Markup("").join(marked))


def _day(day: date) -> str:
    today = date.fromtimestamp(time.time())
    if day >= today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    return "Last 7 days" if day > today - timedelta(days=7) else "Earlier"
