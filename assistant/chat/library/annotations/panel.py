"""The HTML that shows and edits the annotations of papers."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from assistant.library.annotations import LabelKind
from assistant.library.annotations.store import MAX_NOTE_CHARACTERS
from assistant.papers.annotation import Annotation

_TITLES: Mapping[LabelKind, str] = {"tag": "Tags", "collection": "Collections"}
_PLACEHOLDERS: Mapping[LabelKind, str] = {"tag": "Add a tag", "collection": "Add to a collection"}

_FORM = Markup(
    '<form data-action="add-label" data-kind="{kind}" data-id="{id}"><input name="name" '
    'maxlength="60" list="{list}" placeholder="{label}" aria-label="{label}" autocomplete="off">'
    "<button>Add</button></form>"
)
_CHIP = Markup(
    '<span class="label">{name}<button type="button" data-action="remove-label" '
    'data-kind="{kind}" data-id="{id}" data-name="{name}" aria-label="Remove {name}">×</button>'
    "</span>"
)
_READ = Markup(
    '<button type="button" class="secondary" data-action="read" data-id="{}" data-read="{}">{}'
    "</button>"
)


def annotation_panel(
    paper_id: str,
    noted: Annotation,
    known: Mapping[LabelKind, Iterable[str]],
    *,
    saved: bool = False,
) -> str:
    """Return the HTML, escaped, of the annotations of one paper.

    Args:
        paper_id: the id of the paper.
        noted: its annotations.
        known: the tags and collections of all papers, to choose from.
        saved: whether to say that the note is saved.
    """
    labels = _labels("tag", noted.tags, paper_id, known["tag"]) + _labels(
        "collection", noted.collections, paper_id, known["collection"]
    )
    note = Markup(
        '<form class="note-form" data-action="save-note" data-id="{}"><label>Note<textarea '
        'name="note" rows="4" maxlength="{}">\n{}</textarea></label><div class="buttons">{}'
        '<button>Save note</button><span role="status">{}</span></div></form>'
    ).format(
        paper_id,
        MAX_NOTE_CHARACTERS,
        noted.note,
        _read_button(paper_id, is_read=noted.is_read),
        "Saved" if saved else "",
    )
    return str(
        Markup('<section class="annotations" aria-label="Your notes">{}{}</section>').format(
            labels, note
        )
    )


def organise_menu(
    annotations: Iterable[Annotation], known: Mapping[LabelKind, Iterable[str]]
) -> Markup:
    """Return the HTML of a menu that changes the annotations of the selected papers.

    Args:
        annotations: the annotations of the selected papers.
        known: the tags and collections of all papers, to choose from.
    """
    noted = list(annotations)
    tags = sorted({tag for one in noted for tag in one.tags})
    collections = sorted({name for one in noted for name in one.collections})
    return Markup(
        '<details class="menu organise"><summary>Organise</summary><div class="items">{}{}'
        '<div class="buttons">{}{}</div></div></details>'
    ).format(
        _labels("tag", tags, "", known["tag"]),
        _labels("collection", collections, "", known["collection"]),
        _read_button("", is_read=False),
        _read_button("", is_read=True),
    )


def _labels(kind: LabelKind, names: Sequence[str], paper_id: str, known: Iterable[str]) -> Markup:
    list_id = f"known-{kind}s-{'paper' if paper_id else 'selection'}"
    chips = Markup("").join(_CHIP.format(name=name, kind=kind, id=paper_id) for name in names)
    options = Markup("").join(Markup('<option value="{}">').format(name) for name in known)
    return Markup(
        '<div class="labels"><h4>{}</h4>{}{}<datalist id="{}">{}</datalist></div>'
    ).format(
        _TITLES[kind],
        chips,
        _FORM.format(kind=kind, id=paper_id, list=list_id, label=_PLACEHOLDERS[kind]),
        list_id,
        options,
    )


def _read_button(paper_id: str, *, is_read: bool) -> Markup:
    """Return the button that marks papers as unread if they are read, else as read."""
    return _READ.format(
        paper_id, "" if is_read else "1", "Mark as unread" if is_read else "Mark as read"
    )
