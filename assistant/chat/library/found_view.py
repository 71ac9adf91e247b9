"""The HTML of papers found online, and of saved searches."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from assistant.chat.widgets.markup import link, short_authors
from assistant.papers import Paper
from assistant.sources import SavedSearch

_ITEM = Markup(
    '<li><label><input type="checkbox" name="id" value="{}"{}> <span><strong>{}</strong>'
    '<span class="meta">{}</span></span></label><details><summary>Abstract</summary><p>{}</p>'
    "</details></li>"
)


def found_view(query: str, papers: Sequence[Paper], known: Collection[str]) -> str:
    """Return the HTML, escaped, of the results of a search, to choose papers from.

    Args:
        query: the search.
        papers: its results.
        known: the ids of those already in the library.
    """
    if not papers:
        return str(Markup('<p class="empty">No paper was found for “{}”.</p>').format(query))
    items = Markup("").join(_item(paper, is_known=paper.id in known) for paper in papers)
    return str(
        Markup(
            '<form class="found" data-action="add-found"><ul>{}</ul><div class="buttons">'
            '<button class="main" data-action="add-found">Add the selected</button>'
            '<button type="button" class="secondary" data-action="save-search" data-query="{}">'
            "Save this search</button></div></form>"
        ).format(items, query)
    )


def saved_searches_view(saved: Sequence[SavedSearch]) -> str:
    """Return the HTML, escaped, of the saved searches; empty if there are none."""
    if not saved:
        return ""
    items = Markup("").join(
        Markup(
            '<li><span><strong>{}</strong> <span class="meta">{}</span></span>'
            '<button type="button" class="secondary" data-action="run-search" data-name="{}">'
            "Add what is new</button>"
            '<button type="button" class="secondary" data-action="remove-search" data-name="{}" '
            'aria-label="Remove the search {}">Remove</button></li>'
        ).format(one.search.query, _last_run(one), one.name, one.name, one.name)
        for one in saved
    )
    return str(Markup('<ul class="saved-searches">{}</ul>').format(items))


def _item(paper: Paper, *, is_known: bool) -> Markup:
    year = str(paper.year) if paper.year else ""
    facts = [short_authors(paper), year, "in the library" if is_known else ""]
    return _ITEM.format(
        paper.id,
        Markup(" disabled checked" if is_known else ""),
        link(paper.title, paper.link),
        " · ".join(filter(None, facts)),
        paper.abstract,
    )


def _last_run(saved: SavedSearch) -> str:
    source = saved.search.source.name
    return f"{source}, last run {saved.last_run:%Y-%m-%d}" if saved.last_run else source
