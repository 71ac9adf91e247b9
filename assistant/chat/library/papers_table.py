"""One page of the papers as an HTML table that can be selected from, sorted and paged."""

from collections.abc import Collection, Mapping

from markupsafe import Markup

from assistant.chat.widgets.markup import short_authors
from assistant.chat.widgets.table_parts import Direction, pager, sortable_heading
from assistant.library.browse import BrowseQuery, Order, PaperPage
from assistant.papers import Paper
from assistant.papers.annotation import NO_ANNOTATION, NOTHING_ANNOTATED, Annotated, Annotation

PAGE_SIZE = 50

# For each column, the order that a click on its heading selects, by the current order. If the
# current order is not listed, the first one applies.
_NEXT_ORDER: Mapping[str, Mapping[Order, Order]] = {
    "Title": {"best": "title", "title": "best"},
    "Year": {"best": "newest", "newest": "oldest", "oldest": "best"},
    "Source": {"best": "source", "source": "best"},
}
_SORTED: Mapping[Order, tuple[str, Direction]] = {
    "title": ("Title", "ascending"),
    "newest": ("Year", "descending"),
    "oldest": ("Year", "ascending"),
    "source": ("Source", "ascending"),
}

_TAG = Markup(' <span class="tag">{}</span>')


def papers_table(
    listed: PaperPage,
    listing: BrowseQuery,
    selected: Collection[str],
    revision: int = 0,
    annotated: Annotated = NOTHING_ANNOTATED,
) -> str:
    """Return the table's HTML, escaped.

    Args:
        listed: the papers of this page.
        listing: the search, filters and order.
        selected: the ids of the selected papers.
        revision: a number that changes whenever the checkboxes may differ from those shown.
        annotated: what the visitor noted about the papers.
    """
    if not listed.papers:
        return str(Markup('<p class="empty">{}</p>').format(_empty_text(listing)))
    all_selected = all(paper.id in selected for paper in listed.papers)
    head = Markup(
        '<th class="tick"><input type="checkbox" data-action="select-page" '
        'aria-label="Select all papers on this page"{}></th>'
    ).format(_checked(all_selected)) + Markup("").join(
        _heading(name, listing) for name in _NEXT_ORDER
    )
    rows = Markup("").join(
        _row(paper, paper.id in selected, annotated.get(paper.id, NO_ANNOTATION))
        for paper in listed.papers
    )
    pages = pager(listed.first, len(listed.papers), listed.total, PAGE_SIZE)
    return str(
        Markup(
            '<table class="papers" data-revision="{}"><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table>{}"
        ).format(revision, head, rows, pages)
    )


def _empty_text(listing: BrowseQuery) -> str:
    if listing.matches_all:
        return "There are no papers yet. Add some: drop files on “Add papers” above."
    return "No paper matches. Try other words, or remove a filter."


def _heading(name: str, listing: BrowseQuery) -> Markup:
    column, direction = _SORTED.get(listing.order, ("", ""))
    following = _NEXT_ORDER[name]
    next_order = following.get(listing.order, next(iter(following.values())))
    return sortable_heading(name, next_order, direction if column == name else "")


def _row(paper: Paper, is_selected: bool, noted: Annotation) -> Markup:
    return Markup(
        '<tr><td class="tick"><input type="checkbox" data-action="select" value="{}" '
        'aria-label="Select {}"{}></td>'
        '<td class="title"><button type="button" data-action="open" data-id="{}">{}</button>'
        '<span class="authors">{}{}</span></td>'
        '<td class="year">{}</td><td class="source">{}</td></tr>'
    ).format(
        paper.id,
        paper.title,
        _checked(is_selected),
        paper.id,
        paper.title,
        short_authors(paper),
        _tags(paper, noted),
        paper.year or "",
        paper.source,
    )


def _tags(paper: Paper, noted: Annotation) -> Markup:
    """Return the tags shown next to a paper's title."""
    texts = [
        *([] if paper.abstract else ["no abstract"]),
        *(["read"] if noted.is_read else []),
        *(["note"] if noted.note else []),
        *noted.collections,
        *(f"#{tag}" for tag in noted.tags),
    ]
    return Markup("").join(map(_TAG.format, texts))


def _checked(is_checked: bool) -> Markup:
    return Markup(" checked" if is_checked else "")
