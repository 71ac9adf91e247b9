"""The side bar's list of conversations, and the bar above the one that is open."""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup

from assistant.chat.widgets.icons import icon
from assistant.library import Conversation

_ITEM = Markup(
    '<li{}><button type="button" class="open" data-do="open" data-on="select" data-id="{}">{}'
    "</button>"
    '<details class="menu"><summary aria-label="Rename or delete {}" title="Rename or delete">{}'
    '</summary><div class="items"><form data-do="rename" data-id="{}">'
    '<input name="title" value="{}" maxlength="80" aria-label="Title"><button>Rename</button>'
    '</form><button type="button" data-do="remove" data-on="{}" data-id="{}">Delete</button>'
    "</div></details></li>"
)


def history(conversations: Sequence[Conversation], current: str, search: str) -> str:
    """Return the list's HTML, escaped: the latest first, by day.

    Args:
        conversations: those to list.
        current: the id of the one that is open.
        search: what the list was searched for; empty if it is all of them.
    """
    if not conversations:
        nothing = "No conversation has these words." if search.strip() else "None yet."
        return str(Markup('<p class="empty">{}</p>').format(nothing))
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
    """Return the bar's HTML, escaped: the title, and what can be done with the conversation."""
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
            '<button type="button" data-do="markdown">Conversation as Markdown</button>'
            '<button type="button" data-do="bibtex">Cited papers as BibTeX</button>'
            '<button type="button" data-do="feedback">All feedback as a question set</button>'
            "</div></details>"
        ).format(conversation.title, icon("download"))
    )


def _item(one: Conversation, current: str) -> Markup:
    marked = Markup(' aria-current="true"') if one.id == current else ""
    # To remove the open one is to leave it, as to open another is; the others go by the way.
    on = "select" if one.id == current else "click"
    more = icon("more")
    return _ITEM.format(marked, one.id, one.title, one.title, more, one.id, one.title, on, one.id)


def _day(day: date) -> str:
    today = date.fromtimestamp(time.time())
    if day >= today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    return "Last 7 days" if day > today - timedelta(days=7) else "Earlier"
