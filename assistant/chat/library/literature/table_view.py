"""The HTML of a literature table."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.answering.table import Row
from assistant.chat.library.literature.cell_edits import with_edits
from assistant.chat.library.literature.filling import Filled
from assistant.chat.rights import needs

EMPTY = (
    "Name the columns, such as method, data sets, result. The assistant fills in a row for each "
    "paper, from its abstract."
)


def table_view(filled: Filled | None, edits: Mapping[str, Mapping[str, str]]) -> str:
    """Return the table's HTML, escaped.

    Args:
        filled: the rows so far; None before the first table.
        edits: the edited texts, by paper id and column name.
    """
    if filled is None or not filled.rows:
        return str(Markup('<p class="empty">{}</p>').format(EMPTY))
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(name) for name in ("Paper", *filled.columns)
    )
    rows = Markup("").join(_row(row, filled.columns, edits) for row in filled.rows)
    return str(
        Markup(
            '<div class="literature"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
            '</div><p class="details">Point at a cell to see the sentence it is taken from. An '
            'empty cell: the abstract does not say. <span class="{}">Click a cell to edit it.'
            "</span></p>"
        ).format(head, rows, needs("fill tables"))
    )


def _row(row: Row, columns: Sequence[str], edits: Mapping[str, Mapping[str, str]]) -> Markup:
    edited = edits.get(row.paper.id, {})
    shown = with_edits(row, columns, edits)
    cells = Markup("").join(
        Markup(
            '<td contenteditable="plaintext-only" data-paper="{}" data-column="{}" title="{}" '
            'aria-label="{} of {}"{}>{}</td>'
        ).format(
            row.paper.id,
            name,
            f"“{row.quote(index)}”" if row.quote(index) else "The abstract does not say.",
            name,
            row.paper.title,
            Markup(' class="edited"') if name in edited else "",
            shown.cells[index].text,
        )
        for index, name in enumerate(columns)
    )
    return Markup(
        '<tr><th scope="row"><button type="button" data-action="open" data-id="{}">{}</button>'
        "</th>{}</tr>"
    ).format(row.paper.id, row.paper.title, cells)
