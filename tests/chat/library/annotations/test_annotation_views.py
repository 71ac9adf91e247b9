"""The HTML of annotations, their filter, and the events that change them."""

from pathlib import Path

import pytest

from assistant.chat.library.annotations.filter import (
    chosen_values,
    filter_choices,
    with_filter,
    without_missing_choices,
)
from assistant.chat.library.annotations.panel import annotation_panel, organise_menu
from assistant.chat.library.export_papers import papers_file
from assistant.chat.library.papers_table import papers_table
from assistant.library import Catalogue, Scope
from assistant.library.browse import BrowseQuery, PaperPage
from assistant.papers import Paper
from assistant.papers.annotation import Annotation

HOSTILE = "<img src=x onerror=alert(1)>\"'"
NOTHING_KNOWN: dict[str, list[str]] = {"tag": [], "collection": []}
DOUGH = Paper(title="Dough", abstract="It rises.", year=2019)


def test_no_annotation_becomes_markup() -> None:
    noted = Annotation((HOSTILE,), (HOSTILE,), "</textarea><script>", True)
    known = {"tag": [HOSTILE], "collection": [HOSTILE]}
    for html in (
        annotation_panel('"><script>', noted, known),
        str(organise_menu([noted], known)),
        papers_table(PaperPage((DOUGH,), 1, 1), BrowseQuery(), (), 0, {DOUGH.id: noted}),
    ):
        assert "<img" not in html
        assert "<script" not in html


def test_panel_shows_what_was_noted_and_offers_known_names() -> None:
    noted = Annotation(("insects",), ("Chapter 2",), "Ask Ada.", True)
    html = annotation_panel("x", noted, {"tag": ["insects", "to cite"], "collection": []})
    assert "Ask Ada.</textarea>" in html
    assert 'aria-label="Remove insects"' in html
    assert '<option value="to cite">' in html
    assert "Mark as unread" in html


def test_menu_of_selected_papers_has_the_names_of_all_of_them() -> None:
    html = organise_menu([Annotation(tags=("a",)), Annotation(tags=("b",))], NOTHING_KNOWN)
    assert 'aria-label="Remove a"' in html
    assert 'aria-label="Remove b"' in html


def test_table_names_tags_collections_notes_and_read_papers() -> None:
    noted = Annotation(("insects",), ("Chapter 2",), "Ask Ada.", True)
    html = papers_table(PaperPage((DOUGH,), 1, 1), BrowseQuery(), (), 0, {DOUGH.id: noted})
    for text in ("#insects", "Chapter 2", "note", "read"):
        assert f'<span class="tag">{text}</span>' in html


def test_filter_offers_what_there_is(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    catalogue.store([(DOUGH, ()), (Paper(title="Bread", abstract="", year=2019), ())])
    annotations = catalogue.annotations
    assert filter_choices(annotations, "") == []
    annotations.label("", "tag", "to cite", [DOUGH.id])
    annotations.label("", "collection", "Chapter 2", [DOUGH.id])
    annotations.mark_read("", [DOUGH.id], read=True)
    choices = filter_choices(annotations, "")
    assert [label for label, _ in choices] == [
        "Chapter 2 (1)",
        "#to cite (1)",
        "Unread",
        "Read (1)",
    ]

    scope = with_filter(Scope(years=(2019,)), [value for _, value in choices], "")
    assert scope == Scope((), (2019,), (), ("to cite",), ("Chapter 2",), ("read", "unread"))
    assert catalogue.ids_in(scope) == [DOUGH.id]
    annotations.unlabel("", "tag", "to cite", [DOUGH.id])
    left = without_missing_choices(scope, filter_choices(annotations, ""))
    assert (left.tags, left.collections, left.years) == ((), ("Chapter 2",), (2019,))
    assert "tag:to cite" not in chosen_values(left)
    catalogue.close()


@pytest.mark.parametrize("as_format", ["bibtex", "ris", "csv", "jsonl", "md"])
def test_exported_file_has_the_tags(as_format: str) -> None:
    file = papers_file([DOUGH], as_format, {DOUGH.id: Annotation(tags=("insects",))})
    assert file is not None
    assert "insects" in file["text"]
