"""One page of the papers as an HTML table: to tick, to sort, to open, to turn over."""

from collections.abc import Collection, Mapping

from markupsafe import Markup

from assistant.library.browse import ListedPapers, Listing, Order
from assistant.papers import Paper

PAGE_SIZE = 50

_AUTHORS_SHOWN = 3
# What a click on a column's heading leads to, by the order before; else the first of its orders.
_NEXT: Mapping[str, Mapping[Order, Order]] = {
    "Title": {"best": "title", "title": "best"},
    "Year": {"best": "newest", "newest": "oldest", "oldest": "best"},
    "Source": {"best": "source", "source": "best"},
}
_SORTED: Mapping[Order, tuple[str, str]] = {
    "title": ("Title", "ascending"),
    "newest": ("Year", "descending"),
    "oldest": ("Year", "ascending"),
    "source": ("Source", "ascending"),
}


def papers_table(
    listed: ListedPapers, listing: Listing, chosen: Collection[str], drawn: int = 0
) -> str:
    """Return the table's HTML, escaped.

    Args:
        listed: the papers of this page.
        listing: how they were listed.
        chosen: the ids of the papers that are ticked.
        drawn: another number each time that the page's ticks may differ from those shown.
    """
    if not listed.papers:
        return str(Markup('<p class="empty">{}</p>').format(_why_none(listing)))
    all_chosen = all(paper.id in chosen for paper in listed.papers)
    head = Markup(
        '<th class="tick"><input type="checkbox" data-do="choose-page" '
        'aria-label="Choose all papers of this page"{}></th>'
    ).format(_checked(all_chosen)) + Markup("").join(_heading(name, listing) for name in _NEXT)
    rows = Markup("").join(_row(paper, paper.id in chosen) for paper in listed.papers)
    return str(
        Markup(
            '<table class="papers" data-drawn="{}"><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table>{}"
        ).format(drawn, head, rows, _pager(listed))
    )


def authors_in_short(paper: Paper) -> str:
    """Return the authors in short: the first few, then ``et al.`` if there are more."""
    if len(paper.authors) <= _AUTHORS_SHOWN:
        return ", ".join(paper.authors)
    return f"{', '.join(paper.authors[:_AUTHORS_SHOWN])} et al."


def _why_none(listing: Listing) -> str:
    if listing.is_everything:
        return "There are no papers yet. Add some: drop files on “Add papers” above."
    return "No paper fits. Type other words, or choose other years and sources."


def _heading(name: str, listing: Listing) -> Markup:
    column, direction = _SORTED.get(listing.order, ("", ""))
    then = _NEXT[name].get(listing.order) or next(iter(_NEXT[name].values()))
    is_sorted = column == name
    arrow = {"ascending": " ↑", "descending": " ↓"}[direction] if is_sorted else ""
    return Markup(
        '<th class="{}"{}><button type="button" data-do="sort" data-order="{}">{}</button></th>'
    ).format(
        name.lower(),
        Markup(' aria-sort="{}"').format(direction) if is_sorted else "",
        then,
        name + arrow,
    )


def _row(paper: Paper, is_chosen: bool) -> Markup:
    return Markup(
        '<tr><td class="tick"><input type="checkbox" data-do="choose" value="{}" '
        'aria-label="Choose {}"{}></td>'
        '<td class="title"><button type="button" data-do="open" data-id="{}">{}</button>'
        '<span class="by">{}</span></td><td class="year">{}</td><td class="source">{}</td></tr>'
    ).format(
        paper.id,
        paper.title,
        _checked(is_chosen),
        paper.id,
        paper.title,
        authors_in_short(paper),
        paper.year or "",
        paper.source,
    )


def _checked(is_checked: bool) -> Markup:
    return Markup(" checked" if is_checked else "")


def _pager(listed: ListedPapers) -> Markup:
    last = listed.first + len(listed.papers) - 1
    page = (listed.first - 1) // PAGE_SIZE + 1
    pages = -(-listed.total // PAGE_SIZE)
    turn = Markup('<button type="button" data-do="turn" data-page="{}"{}>{}</button>')
    off = Markup(" disabled")
    return Markup('<nav class="pager" aria-label="Pages">{}<span>{}</span>{}</nav>').format(
        turn.format(page - 1, off if page == 1 else "", "Previous") if pages > 1 else "",
        f"{listed.first:,}–{last:,} of {listed.total:,}",
        turn.format(page + 1, off if page == pages else "", "Next") if pages > 1 else "",
    )
