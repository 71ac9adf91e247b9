"""The sample library."""

from assistant.papers import sample_papers


def test_sample_has_109_papers_with_unique_ids_and_abstracts() -> None:
    papers = sample_papers()
    assert len(papers) == 109
    assert len({paper.id for paper in papers}) == 109
    assert len({paper.abstract for paper in papers}) == 109


def test_each_digest_has_80_to_150_words_and_a_complete_last_sentence() -> None:
    for paper in sample_papers():
        assert 80 <= len(paper.abstract.split()) <= 150, paper.title
        last = paper.abstract.split()[-1]
        assert last.endswith(".") or last.startswith("https://"), paper.title
