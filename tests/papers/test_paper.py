"""Ids, content hash and link of a paper."""

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given

from assistant.papers import Paper, paper_id
from assistant.papers.names import Name

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzäéøñßабвγδε0123456789", min_size=1)
WORDS = st.lists(LETTERS, min_size=1, max_size=8)
SEPARATORS = st.sampled_from([" ", "  ", "-", " - ", "–", "—", ": ", "\N{NO-BREAK SPACE}"])


@given(words=WORDS, data=st.data())
def test_spelling_variants_of_a_title_have_the_same_id(
    words: list[str], data: st.DataObject
) -> None:
    variant = ""
    for word in words:
        recase = data.draw(st.sampled_from([str.upper, str.lower, str.capitalize]))
        variant += recase(word) + data.draw(SEPARATORS)
    assert paper_id(variant) == paper_id(" ".join(words))


@given(one=WORDS, other=WORDS)
def test_titles_with_different_letters_have_different_ids(one: list[str], other: list[str]) -> None:
    # Accents are ignored, so compare ASCII letters and digits only.
    plain = [
        "".join(letter for word in words for letter in word if letter.isascii())
        for words in (one, other)
    ]
    if all(plain) and plain[0] != plain[1]:
        assert paper_id(plain[0]) != paper_id(plain[1])


def test_ligatures_and_accents_do_not_change_the_id() -> None:
    assert paper_id("Eﬃcient Naïve Bayes") == paper_id("Efficient Naive Bayes")


def test_titles_without_letters_have_different_ids() -> None:
    assert paper_id("∞?") != paper_id("+++")


def test_arxiv_id_without_version_takes_precedence() -> None:
    one = paper_id("A title", arxiv_id="2412.15115v2", doi="10.5555/x")
    assert one == paper_id("Another title", arxiv_id="arXiv:2412.15115") == "arxiv:2412.15115"


def test_doi_takes_precedence_over_the_title_and_ignores_case() -> None:
    one = paper_id("A title", doi="https://doi.org/10.5555/ABC")
    assert one == paper_id("Another title", doi="10.5555/abc") == "doi:10.5555/abc"


def test_content_hash_changes_with_every_field_but_the_source() -> None:
    paper = Paper(title="Snails", abstract="They are slow.", source="a.txt")
    same = Paper(title="Snails", abstract="They are slow.", source="b.txt")
    newer = Paper(title="Snails", abstract="They are slow.", year=2020)
    assert paper.content_hash() == same.content_hash() != newer.content_hash()


def test_link_is_the_url_or_made_of_an_identifier() -> None:
    def link(**fields: str) -> str | None:
        return Paper(title="Snails", abstract="They are slow.", **fields).link  # type: ignore[arg-type]

    assert link(url="https://example.org", arxiv_id="2001.00001") == "https://example.org"
    assert link(arxiv_id="2001.00001") == "https://arxiv.org/abs/2001.00001"
    assert link(doi="10.5555/x") == "https://doi.org/10.5555/x"
    assert link() is None


def test_content_hash_of_paper_without_details_is_that_of_earlier_versions() -> None:
    paper = Paper(title="Snails", abstract="They are slow.", authors=("Ada Frost",), year=2020)
    assert paper.content_hash() == (
        "586c2a899a3cd4eb9a9019a844f0b1f6720ada9f4086ba72a94b42d814e5e36a"
    )
    assert replace(paper, venue="Ice").content_hash() != paper.content_hash()


def test_author_names_are_known_or_guessed() -> None:
    double = Name(family="García Márquez", given="Gabriela")
    paper = Paper(title="A", abstract="", authors=(str(double), "Ada Frost"), names=(double,))
    assert paper.author_names == (double, Name(family="Frost", given="Ada"))
