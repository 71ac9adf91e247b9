"""The sample library that a newcomer first talks to."""

from assistant.papers import sample_papers


def test_there_are_109_papers_with_ids_of_their_own() -> None:
    papers = sample_papers()
    assert len(papers) == 109
    assert len({paper.id for paper in papers}) == 109
    assert len({paper.abstract for paper in papers}) == 109


def test_each_digest_has_80_to_150_words_and_is_not_cut_off() -> None:
    for paper in sample_papers():
        assert 80 <= len(paper.abstract.split()) <= 150, paper.title
        last = paper.abstract.split()[-1]
        assert last.endswith(".") or last.startswith("https://"), paper.title
