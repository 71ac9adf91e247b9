"""Inline SVG icons: the page loads nothing from the network."""

from markupsafe import Markup

_PATHS = {
    "again": "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
    "copy": "M9 9h11v11H9zM5 15H4V4h11v1",
    "download": "M12 4v11m-5-5l5 5 5-5M5 20h14",
    "edit": "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "more": "M5 11.5v1M12 11.5v1M19 11.5v1",
    "no": "M7 13V4h10l3 9h-6l1 6c-2 1-3 0-3-1l-3-5zM7 13H4V4h3",
    "remove": "M5 7h14M10 11v6m4-6v6M7 7l1 13h8l1-13M9 7V4h6v3",
    "save": "M6 4h12v16l-6-4.5L6 20z",
    "yes": "M7 11v9h10l3-9h-6l1-6c-2-1-3 0-3 1l-3 5zM7 11H4v9h3",
}


def icon(name: str) -> Markup:
    """Return an icon, hidden from screen readers: label the button that contains it."""
    return Markup(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>'
    ).format(_PATHS[name])
