"""Tags, collections, notes and reading marks, kept with the papers of a library."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.library import Catalogue, Scope
from assistant.library.annotations import Annotations, label_name
from assistant.papers import Paper
from assistant.papers.annotation import NO_ANNOTATION, Annotation

BEES = Paper(title="Dancing Bees", abstract="Bees dance.", doi="10.5555/bees")
ANTS = Paper(title="Patient Ants", abstract="Ants wait.")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    catalogue.store([(BEES, ()), (ANTS, ())])
    yield catalogue
    catalogue.close()


def _annotate(annotations: Annotations, paper: Paper, owner: str = "") -> Annotation:
    annotations.label(owner, "tag", "insects", [paper.id])
    annotations.label(owner, "collection", "Chapter 2", [paper.id])
    annotations.save_note(owner, paper.id, "Read the methods again.\nAsk Ada.")
    annotations.mark_read(owner, [paper.id], read=True)
    return Annotation(("insects",), ("Chapter 2",), "Read the methods again.\nAsk Ada.", True)


def _of(catalogue: Catalogue, paper: Paper, owner: str = "") -> Annotation:
    return catalogue.annotations.of(owner, [paper.id]).get(paper.id, NO_ANNOTATION)


def test_annotations_are_there_after_reopening(catalogue: Catalogue, tmp_path: Path) -> None:
    saved = _annotate(catalogue.annotations, BEES)
    catalogue.close()
    reopened = Catalogue(tmp_path / "catalogue.sqlite")
    assert _of(reopened, BEES) == saved
    assert _of(reopened, ANTS) == NO_ANNOTATION
    reopened.close()


def test_annotations_are_taken_back(catalogue: Catalogue) -> None:
    annotations = catalogue.annotations
    _annotate(annotations, BEES)
    annotations.unlabel("", "tag", "insects", [BEES.id])
    annotations.unlabel("", "collection", "Chapter 2", [BEES.id])
    annotations.save_note("", BEES.id, "  ")
    annotations.mark_read("", [BEES.id], read=False)
    assert _of(catalogue, BEES) == NO_ANNOTATION


def test_each_owner_has_annotations_of_their_own(catalogue: Catalogue) -> None:
    saved = _annotate(catalogue.annotations, BEES, "ada")
    assert _of(catalogue, BEES, "ada") == saved
    assert _of(catalogue, BEES, "bo") == NO_ANNOTATION
    assert catalogue.annotations.names("bo", "tag") == {}
    assert catalogue.ids_in(Scope(tags=("insects",), owner="ada")) == [BEES.id]
    assert catalogue.ids_in(Scope(tags=("insects",), owner="bo")) == []


def test_tags_differ_by_more_than_case(catalogue: Catalogue) -> None:
    catalogue.annotations.label("", "tag", "NLP", [BEES.id])
    catalogue.annotations.label("", "tag", " nlp ", [ANTS.id])
    catalogue.annotations.label("", "tag", " ", [ANTS.id])
    assert catalogue.annotations.names("", "tag") == {"NLP": 2}
    assert catalogue.ids_in(Scope(tags=("nlp",))) == [BEES.id, ANTS.id]


def test_papers_are_selected_by_tag_collection_and_mark(catalogue: Catalogue) -> None:
    _annotate(catalogue.annotations, BEES)
    catalogue.annotations.label("", "collection", "Chapter 3", [ANTS.id])
    both = [BEES.id, ANTS.id]
    assert catalogue.ids_in(Scope(collections=("Chapter 2",))) == [BEES.id]
    assert catalogue.ids_in(Scope(collections=("Chapter 2", "Chapter 3"))) == both
    assert catalogue.ids_in(Scope(tags=("insects",), collections=("Chapter 3",))) == []
    assert catalogue.ids_in(Scope(marks=("unread",))) == [ANTS.id]
    assert catalogue.ids_in(Scope(marks=("read",))) == [BEES.id]
    assert catalogue.ids_in(Scope(marks=("noted", "unread"))) == both
    assert catalogue.annotations.counts("") == (1, 1)


def test_removed_paper_has_its_annotations_again_once_it_is_added_again(
    catalogue: Catalogue,
) -> None:
    saved = _annotate(catalogue.annotations, BEES)
    catalogue.remove([BEES.id])
    assert catalogue.annotations.names("", "tag") == {}
    assert catalogue.ids_in(Scope(tags=("insects",))) == []
    catalogue.store([(BEES, ())])
    assert _of(catalogue, BEES) == saved


def test_paper_that_comes_back_with_another_id_has_its_annotations_again(
    catalogue: Catalogue,
) -> None:
    saved = _annotate(catalogue.annotations, BEES)
    catalogue.remove([BEES.id])
    from_another_file = replace(BEES, doi=None, arxiv_id="2401.00001")
    catalogue.store([(from_another_file, ())])
    assert from_another_file.id != BEES.id
    assert _of(catalogue, from_another_file) == saved


def test_duplicate_hands_its_annotations_over(catalogue: Catalogue) -> None:
    _annotate(catalogue.annotations, BEES)
    catalogue.annotations.label("", "tag", "insects", [ANTS.id])
    catalogue.annotations.save_note("", ANTS.id, "Of ants.")
    catalogue.remove_duplicates({BEES.id: ANTS.id})
    kept = _of(catalogue, ANTS)
    assert (kept.tags, kept.collections, kept.is_read) == (("insects",), ("Chapter 2",), True)
    assert kept.note == "Of ants.\n\nRead the methods again.\nAsk Ada."


def test_unknown_papers_get_no_annotations(catalogue: Catalogue) -> None:
    gone = replace(BEES, title="Gone", doi=None)
    _annotate(catalogue.annotations, gone)
    assert _of(catalogue, gone) == NO_ANNOTATION


def test_name_is_one_line_and_cut_if_it_is_long() -> None:
    assert label_name(" to\n read ") == "to read"
    assert len(label_name("long " * 100)) <= 60
