"""Parts of tables that are sorted and paged by the server."""

from typing import Literal

from markupsafe import Markup

Direction = Literal["", "ascending", "descending"]
"""How a column is sorted; empty if it is not."""

_ARROWS = {"": "", "ascending": " ↑", "descending": " ↓"}


def sortable_heading(name: str, order: str, direction: Direction, css_class: str = "") -> Markup:
    """Return the heading of a column, whose button sends the action ``sort``.

    Args:
        name: the name of the column.
        order: the order that is sent with the action.
        direction: how the column is sorted.
        css_class: the CSS class of the heading.
    """
    return Markup(
        '<th scope="col" class="{}"{}><button type="button" data-action="sort" data-order="{}">{}'
        "</button></th>"
    ).format(
        css_class or name.lower().replace(" ", "-"),
        Markup(' aria-sort="{}"').format(direction) if direction else "",
        order,
        name + _ARROWS[direction],
    )


def pager(first: int, count: int, total: int, page_size: int) -> Markup:
    """Return the buttons that send the action ``turn``, and which rows are shown.

    Args:
        first: the position of the first shown row, from 1.
        count: the number of shown rows.
        total: the number of all rows.
        page_size: the number of rows on a full page.
    """
    page = (first - 1) // page_size + 1
    pages = -(-total // page_size)
    button = Markup('<button type="button" data-action="turn" data-page="{}"{}>{}</button>')
    disabled = Markup(" disabled")
    return Markup('<nav class="pager" aria-label="Pages">{}<span>{}</span>{}</nav>').format(
        button.format(page - 1, disabled if page == 1 else "", "Previous") if pages > 1 else "",
        f"{first:,}–{first + count - 1:,} of {total:,}",
        button.format(page + 1, disabled if page == pages else "", "Next") if pages > 1 else "",
    )
