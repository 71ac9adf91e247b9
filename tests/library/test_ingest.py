"""Merging of papers that are added with those already in the library."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.library.catalogue import Merge
from assistant.library.ingest import Added, Batch
from assistant.papers import Paper, paper_id, sample_papers

SNAILS = Paper(title="Snail Mail", abstract="Snails carry letters.", source="a.bib")


def batch_with(*stored: Paper) -> Batch:
    by_key: dict[str, Sequence[Paper]] = {}
    for paper in stored:
        for key in paper.keys:
            by_key[key] = [*by_key.get(key, ()), paper]
    return Batch(by_key)


def test_new_paper_is_added() -> None:
    batch = batch_with()
    assert batch.add(SNAILS) == Added(SNAILS.id, "added")
    assert list(batch.changes()) == [(SNAILS, None)]


def test_known_paper_is_unchanged() -> None:
    batch = batch_with(SNAILS)
    assert batch.add(SNAILS) == Added(SNAILS.id, "unchanged")
    assert list(batch.changes()) == []


def test_known_paper_gains_missing_fields_and_keeps_its_id() -> None:
    batch = batch_with(SNAILS)
    assert batch.add(replace(SNAILS, arxiv_id="2401.00001")) == Added(SNAILS.id, "updated")
    [(paper, before)] = batch.changes()
    assert before == SNAILS
    assert (paper.id, paper.arxiv_id) == (SNAILS.id, "2401.00001")


def test_sample_papers_of_title_and_digest_gain_the_rest_and_keep_their_ids() -> None:
    """As in a library made before the sample papers had authors, years and ids."""
    before = [
        Paper(title=paper.title, abstract=paper.abstract, source=paper.source)
        for paper in sample_papers()
    ]
    batch = batch_with(*before)
    added = [batch.add(paper) for paper in sample_papers()]
    assert added == [Added(paper.id, "updated") for paper in before]
    changed = [paper for paper, _ in batch.changes()]
    assert [(paper.id, paper.text) for paper in changed] == [
        (paper.id, paper.text) for paper in before
    ]
    assert [paper.arxiv_id for paper in changed] == [paper.arxiv_id for paper in sample_papers()]
    assert batch.duplicates == {}


def test_paper_that_links_two_stored_papers_makes_one_a_duplicate() -> None:
    by_doi = replace(SNAILS, title="Slow Post", doi="10.5555/snails")
    batch = batch_with(SNAILS, by_doi)
    added = batch.add(replace(SNAILS, doi="10.5555/snails"))
    assert (added.outcome, added.merged) == ("updated", True)
    [(duplicate, kept)] = batch.duplicates.items()
    assert kept == added.id
    assert {duplicate, kept} == {SNAILS.id, by_doi.id}


BALLOONS = "We tie cameras to balloons and follow fourteen glaciers for three summers."
WALNUTS = "Six parrots learn to count walnuts up to eight within four weeks of lessons."


@pytest.mark.parametrize("title", ["Editorial", "Introduction to the Special Issue"])
def test_papers_with_same_title_but_other_authors_are_kept_apart(title: str) -> None:
    one = Paper(title=title, abstract=BALLOONS, authors=("Ada Frost",), year=2008)
    other = Paper(title=title, abstract=WALNUTS, authors=("Bo Melt",), year=2019)
    batch = batch_with()
    first, second = batch.add(one), batch.add(other)
    assert (first.outcome, second.outcome) == ("added", "added")
    assert first.id == one.id
    assert second.id.startswith(f"{one.id}-")
    again = batch_with(*(paper for paper, _ in batch.changes()))
    assert again.add(other) == Added(second.id, "unchanged")
    assert again.add(one) == Added(first.id, "unchanged")


def test_papers_without_authors_but_same_short_title_are_kept_apart() -> None:
    batch = batch_with()
    batch.add(Paper(title="Summary", abstract=BALLOONS))
    assert batch.add(Paper(title="Summary", abstract=WALNUTS)).outcome == "added"


def test_papers_that_share_a_wrong_doi_are_kept_apart_and_reported() -> None:
    posters = [
        Paper(title="Snow from Balloons", abstract=BALLOONS, authors=("Ada Frost",), doi="10.1/s"),
        Paper(title="Parrots and Walnuts", abstract=WALNUTS, authors=("Bo Melt",), doi="10.1/s"),
    ]
    batch = batch_with()
    assert [batch.add(poster).conflict for poster in posters] == [None, "doi:10.1/s"]
    stored = [paper for paper, _ in batch.changes()]
    assert [paper.id for paper in stored] == ["doi:10.1/s", paper_id("Parrots and Walnuts")]
    again = batch_with(*stored)
    assert [again.add(poster).outcome for poster in posters] == ["unchanged", "unchanged"]


def test_merge_with_paper_of_other_file_is_logged() -> None:
    other = replace(SNAILS, source="b.bib", year=2020)
    batch = batch_with(SNAILS)
    assert batch.add(other) == Added(SNAILS.id, "updated", merged=True)
    assert batch.merges == [Merge(SNAILS.id, SNAILS, other)]


def test_abstract_edited_in_its_file_replaces_the_stored_one() -> None:
    note = replace(SNAILS, abstract=BALLOONS)
    edited = replace(SNAILS, abstract=WALNUTS)
    assert batch_with(note).add(edited) == Added(SNAILS.id, "updated")
    # A second paper of the file is another one.
    assert batch_with(note).add(edited, seen={SNAILS.id}).outcome == "added"


def test_papers_kept_apart_are_not_merged_again() -> None:
    one = replace(SNAILS, doi="10.1/one")
    other = replace(SNAILS, year=2020, known_as="title:other")
    batch = batch_with(one, other)
    batch.add(replace(SNAILS, year=2021))
    assert len(batch.duplicates) == 1
    by_key: dict[str, Sequence[Paper]] = {key: [one, other] for key in other.keys}
    batch = Batch(by_key, {frozenset((one.id, other.id))})
    assert batch.add(replace(SNAILS, year=2020)).id == other.id
    assert not batch.duplicates
