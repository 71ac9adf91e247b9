"""The word index over titles and abstracts."""

from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from stored_sentences import store

from assistant.library import Catalogue
from assistant.papers import Paper
from assistant.text.words import content_words


def titles(catalogue: Catalogue, *words: str) -> list[str]:
    found = [id_ for id_, _ in catalogue.words.match(words, 10)]
    by_id = {paper.id: paper.title for paper in catalogue.papers()}
    return [by_id[id_] for id_ in found]


@pytest.mark.parametrize("word", ["glaciers", "glacier", "Glacier", "melting", "melts"])
def test_words_match_by_stem(catalogue: Catalogue, word: str) -> None:
    assert titles(catalogue, word) == ["Glacier Melt Seen from Balloons"]


def test_word_in_title_scores_higher_than_in_abstract(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    store(
        catalogue,
        Paper(title="Slow walks home", abstract="A snail goes by."),
        Paper(title="A snail", abstract="Slow walks go by home."),
    )
    assert titles(catalogue, "snail") == ["A snail", "Slow walks home"]
    catalogue.close()


def test_any_one_of_the_words_matches(catalogue: Catalogue) -> None:
    assert titles(catalogue, "toaster", "unheard")[0] == "Bread Dough as a Neural Network"


def test_at_most_limit_papers_match(catalogue: Catalogue) -> None:
    assert len(catalogue.words.match(["we", "the"], 2)) == 2


def test_count_includes_inflections(catalogue: Catalogue) -> None:
    assert catalogue.words.count("parrot") == 1
    assert catalogue.words.count("months") == 0
    assert catalogue.words.count('"') == 0


def test_words_of_removed_and_changed_papers_no_longer_match(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    catalogue.remove([made_up_papers[2].id])
    store(catalogue, replace(made_up_papers[1], abstract="They sing."))
    assert titles(catalogue, "toaster") == []
    assert titles(catalogue, "walnuts") == []
    assert titles(catalogue, "sing") == ["Teaching Parrots to Count"]


@pytest.mark.parametrize(
    "question",
    ['"', "glacier AND", "NEAR(glacier)", "title:glacier", "glacier*", "(", "^a", "-- ;", "a\"b'c"],
)
def test_query_operators_are_taken_literally(catalogue: Catalogue, question: str) -> None:
    known = {paper.id for paper in catalogue.papers()}
    for words in (content_words(question), question.split()):
        assert {id_ for id_, _ in catalogue.words.match(words, 5)} <= known
    # As an operator, the star would match every word with this prefix.
    assert titles(catalogue, "gla*") == []


@given(question=st.text())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_searched_for(catalogue: Catalogue, question: str) -> None:
    for id_, score in catalogue.words.match(content_words(question), 5):
        assert catalogue.papers([id_])
        assert score >= 0
