"""Merging of papers that are added with those already in the library."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.library.ingest import Batch
from assistant.papers import Paper

SNAILS = Paper(title="Snail Mail", abstract="Snails carry letters.", source="a.bib")


def batch_with(*stored: Paper) -> Batch:
    by_key: dict[str, Sequence[Paper]] = {}
    for paper in stored:
        for key in paper.keys:
            by_key[key] = [*by_key.get(key, ()), paper]
    return Batch(by_key)


def test_new_paper_is_added() -> None:
    batch = batch_with()
    assert batch.add(SNAILS) == (SNAILS.id, "added")
    assert list(batch.changes()) == [(SNAILS, None)]


def test_known_paper_is_unchanged() -> None:
    batch = batch_with(SNAILS)
    assert batch.add(SNAILS) == (SNAILS.id, "unchanged")
    assert list(batch.changes()) == []


def test_known_paper_gains_missing_fields_and_keeps_its_id() -> None:
    batch = batch_with(SNAILS)
    assert batch.add(replace(SNAILS, arxiv_id="2401.00001")) == (SNAILS.id, "updated")
    [(paper, before)] = batch.changes()
    assert before == SNAILS
    assert (paper.id, paper.arxiv_id) == (SNAILS.id, "2401.00001")


def test_paper_that_links_two_stored_papers_makes_one_a_duplicate() -> None:
    by_doi = replace(SNAILS, title="Slow Post", doi="10.5555/snails")
    batch = batch_with(SNAILS, by_doi)
    id_, outcome = batch.add(replace(SNAILS, doi="10.5555/snails"))
    assert outcome == "updated"
    [(duplicate, kept)] = batch.duplicates.items()
    assert kept == id_
    assert {duplicate, kept} == {SNAILS.id, by_doi.id}
