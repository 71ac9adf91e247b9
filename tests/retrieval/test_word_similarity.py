"""Scores of papers by word similarity."""

from collections.abc import Sequence

from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval.idf import inverse_document_frequencies
from assistant.retrieval.word_similarity import word_similarity
from assistant.text.words import content_words

TITLES = {
    "glaciers": "Glacier Melt Seen from Balloons",
    "parrots": "Teaching Parrots to Count",
    "trams": "Silent Trams for Old Towns",
}


def paper(title: str) -> Paper:
    return Paper(title=title, abstract="")


def similarity(library: Library, question: str, papers: Sequence[Paper]) -> dict[str, float]:
    return word_similarity(
        library, inverse_document_frequencies(library, content_words(question)), papers
    )


def best_title(library: Library, question: str) -> str:
    papers = library.catalogue.papers()
    scores = similarity(library, question, papers)
    return max(papers, key=lambda one: scores[one.id]).title


def test_paraphrase_finds_paper(small_library: Library) -> None:
    assert best_title(small_library, "pictures of vanishing icecaps") == TITLES["glaciers"]
    assert best_title(small_library, "arithmetic skills of pets") == TITLES["parrots"]
    assert best_title(small_library, "noise of railways in cities") == TITLES["trams"]


def test_identical_word_scores_higher_than_similar_word(small_library: Library) -> None:
    papers = [paper("Trams"), paper("Trains")]
    scores = similarity(small_library, "trams", papers)
    assert scores[papers[0].id] > scores[papers[1].id] > 0


def test_rare_word_scores_higher_than_common_word(small_library: Library) -> None:
    common, rare = paper("Walnuts"), paper("DoughNet")
    small_library.add([common, paper("Walnuts again"), paper("Yet more walnuts")])
    scores = similarity(small_library, "doughnet walnuts", [common, rare])
    assert scores[rare.id] > scores[common.id]


def test_unrelated_words_score_zero(small_library: Library) -> None:
    yeast = paper("Yeast")
    assert similarity(small_library, "railway timetable", [yeast]) == {yeast.id: 0.0}


def test_question_without_content_words_gives_no_scores(small_library: Library) -> None:
    assert similarity(small_library, "what is it about?", small_library.catalogue.papers()) == {}
