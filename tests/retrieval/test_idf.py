"""Content words of papers and the inverse document frequency of words."""

import math

import pytest

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval.idf import inverse_document_frequencies, paper_stems, paper_words


def test_words_and_stems_are_of_title_and_abstract() -> None:
    paper = Paper(title="Parrots", abstract="They are counting the walnuts.")
    assert paper_words(paper) == ("parrots", "counting", "walnuts")
    assert paper_stems(paper) == {"parrot", "count", "walnut"}


def test_idf_is_that_of_bm25(small_library: Library) -> None:
    # Five papers: one has "parrots", "we" is in two, none has "zebras".
    assert inverse_document_frequencies(small_library, ["parrots", "we", "zebras"]) == {
        "parrots": pytest.approx(math.log(1 + 4.5 / 1.5)),
        "we": pytest.approx(math.log(1 + 3.5 / 2.5)),
        "zebras": pytest.approx(math.log(1 + 5.5 / 0.5)),
    }


def test_no_words_have_no_idf(small_library: Library) -> None:
    assert inverse_document_frequencies(small_library, []) == {}
