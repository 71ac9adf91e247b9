"""The bar above the papers: how many are selected, and what to do with them."""

from collections.abc import Mapping

from markupsafe import Markup

from assistant.chat.library.export_papers import FORMATS
from assistant.chat.rights import needs
from assistant.library.browse import BrowseQuery

_CLASSES = {"ask": "main", "remove": f"secondary {needs('remove papers')}"}

_NOTHING = Markup("")


def selection_bar(
    selected: int,
    listing: BrowseQuery,
    listed: int,
    organise: Markup = _NOTHING,
    formats: Mapping[str, str] = FORMATS,
) -> str:
    """Return the bar's HTML, escaped; empty if no papers are listed.

    Args:
        selected: the number of selected papers.
        listing: the search, filters and order of the table.
        listed: the number of papers in the listing.
        organise: the menu that changes the annotations of the selected papers.
        formats: the titles of the formats that papers are exported in, by name.
    """
    if selected:
        text = f"{_papers(selected)} selected"
        ask = "Ask about it" if selected == 1 else "Ask about them"
        actions = [("ask", ask), ("remove", "Remove"), ("none", "Select none")]
    elif listed and not listing.matches_all:
        text = f"{_papers(listed)} {'matches' if listed == 1 else 'match'}"
        actions = [("ask", "Ask about these"), ("all", "Select all")]
    elif listed:
        text, actions = _papers(listed), []
    else:
        return ""
    buttons = Markup("").join(
        Markup('<button type="button" class="{}" data-action="{}">{}</button>').format(
            _CLASSES.get(action, "secondary"), action, label
        )
        for action, label in actions
    )
    return str(
        Markup('<div class="selection" role="status"><span>{}</span>{}{}{}</div>').format(
            text, buttons, organise, _export_menu(formats)
        )
    )


def _export_menu(formats: Mapping[str, str]) -> Markup:
    items = Markup("").join(
        Markup('<button type="button" data-action="export" data-format="{}">{}</button>').format(
            name, title
        )
        for name, title in formats.items()
    )
    return Markup(
        '<details class="menu"><summary>Export</summary><div class="items">{}</div></details>'
    ).format(items)


def removed_notice(count: int) -> str:
    """Return the HTML that says how many papers were removed, with an Undo button."""
    return str(
        Markup(
            '<div class="selection" role="status"><span>{} removed.</span>'
            '<button type="button" class="main" data-action="undo">Undo</button></div>'
        ).format(_papers(count))
    )


def _papers(count: int) -> str:
    return f"{count:,} {'paper' if count == 1 else 'papers'}"
