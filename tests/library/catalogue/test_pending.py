"""Pending index work: papers to index and stale vectors."""

from stored_sentences import store

from assistant.library import Catalogue
from assistant.papers import Paper
from assistant.text.sentences import Span


def test_vectors_of_updated_and_removed_papers_become_stale(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    assert catalogue.pending.stale_vectors() == []
    first, second = made_up_papers[:2]
    catalogue.store([(paper, [("chunk", Span(0, 10))]) for paper in (first, second)])
    gone = catalogue.chunks_of([first.id, second.id])
    catalogue.remove([first.id])
    store(catalogue, second)
    assert set(catalogue.pending.stale_vectors()) == {chunk.id for chunk in gone}
    catalogue.pending.mark_deleted(chunk.id for chunk in gone)
    assert catalogue.pending.stale_vectors() == []


def test_paper_is_pending_until_marked_as_indexed_and_after_update(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    first, *rest = (paper.id for paper in made_up_papers)
    assert catalogue.pending.count_papers() == 5
    catalogue.pending.mark_indexed([first])
    assert catalogue.pending.papers(3) == rest[:3]
    store(catalogue, made_up_papers[0])
    assert catalogue.pending.count_papers() == 5
