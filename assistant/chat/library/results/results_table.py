"""The HTML of the results table."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.chat.library.results.results_query import PAGE_SIZE, ResultsQuery
from assistant.chat.widgets.table_parts import pager, sortable_heading
from assistant.library.results import Result
from assistant.library.results.find import Order

_COLUMNS: Mapping[Order, str] = {
    "paper": "Paper",
    "value": "Value",
    "unit": "Unit",
    "measures": "Measures",
    "data-set": "Data set",
}


def results_table(found: Sequence[Result], query: ResultsQuery) -> str:
    """Return the HTML, escaped, of one page of results.

    Args:
        found: the results on all pages, in order.
        query: their order and the page.
    """
    if not found:
        return empty_table("These abstracts report no numbers.")
    last_start = (len(found) - 1) // PAGE_SIZE * PAGE_SIZE
    start = min(max(query.page - 1, 0) * PAGE_SIZE, last_start)
    shown = found[start : start + PAGE_SIZE]
    head = Markup("").join(_heading(order, query) for order in _COLUMNS)
    return str(
        Markup(
            '<div class="literature results"><table><thead><tr>{}<th scope="col">Quote</th></tr>'
            "</thead><tbody>{}</tbody></table></div>{}"
        ).format(
            head,
            Markup("").join(map(_row, shown)),
            pager(start + 1, len(shown), len(found), PAGE_SIZE),
        )
    )


def empty_table(text: str) -> str:
    """Return the HTML, escaped, of a text in place of the table."""
    return str(Markup('<p class="empty">{}</p>').format(text))


def _heading(order: Order, query: ResultsQuery) -> Markup:
    if query.order != order:
        return sortable_heading(_COLUMNS[order], order, "")
    # Sorting by value starts with the largest.
    is_ascending = query.reverse == (order == "value")
    return sortable_heading(_COLUMNS[order], order, "ascending" if is_ascending else "descending")


def _row(one: Result) -> Markup:
    return Markup(
        '<tr><th scope="row"><button type="button" data-action="open" data-id="{}">{}</button>'
        '</th><td class="value">{}</td><td>{}</td><td>{}</td><td>{}</td><td class="quote">{}</td>'
        "</tr>"
    ).format(
        one.paper.id,
        one.paper.title,
        one.written,
        one.unit,
        one.measures,
        one.data_set,
        one.quote,
    )
