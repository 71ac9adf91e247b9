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


def test_each_paper_has_an_arxiv_id_and_no_other_year_than_that_of_the_id() -> None:
    for paper in sample_papers():
        assert paper.arxiv_id is not None, paper.title
        assert paper.year in (None, 2000 + int(paper.arxiv_id[:2])), paper.title
        assert paper.link == f"https://arxiv.org/abs/{paper.arxiv_id}"


def test_authors_are_whole_names_of_persons_and_few_papers_lack_them() -> None:
    papers = sample_papers()
    assert sum(not paper.authors for paper in papers) <= 3
    for paper in papers:
        assert len(set(paper.authors)) == len(paper.authors), paper.title
        for name in paper.author_names:
            assert name.family, name
            assert name.given, name


def test_names_of_several_words_are_split_as_their_bearers_write_them() -> None:
    names = {str(name): name for paper in sample_papers() for name in paper.author_names}
    assert names["Manuel Vilares Ferro"].family == "Vilares Ferro"
    assert names["Ronan Le Bras"].family == "Le Bras"
    assert names["Diego de las Casas"].inverted == "de las Casas, Diego"


def test_venues_are_those_of_published_papers() -> None:
    for paper in sample_papers():
        is_published = paper.type not in (None, "preprint")
        assert is_published == bool(paper.venue or paper.publisher), paper.title
