"""The word index over titles and abstracts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
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


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "foreign.sqlite")
    store(
        catalogue,
        Paper(title="新型电池材料的研究", abstract="我们测试了三种材料。", authors=("王小明",)),
        Paper(title="電車の時刻表について", abstract="東京の電車は正確です。"),
        Paper(title="การเรียนรู้ของเครื่อง", abstract="เราเสนอวิธีใหม่"),
        Paper(
            title="The CO₂ of ﬁsh", abstract="Ångström and Łódź are names.", authors=("J. Møller",)
        ),
    )
    yield catalogue
    catalogue.close()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("电池材料", "新型电池材料的研究"),
        ("材料", "新型电池材料的研究"),
        ("哪些论文研究电池材料？", "新型电池材料的研究"),
        ("電車", "電車の時刻表について"),
        ("時刻表", "電車の時刻表について"),
        ("เรียนรู้", "การเรียนรู้ของเครื่อง"),
        ("CO2", "The CO₂ of ﬁsh"),
        ("fish", "The CO₂ of ﬁsh"),
        ("angstrom", "The CO₂ of ﬁsh"),
        ("Lodz", "The CO₂ of ﬁsh"),
    ],
)
def test_words_of_any_script_and_without_accents_match(
    foreign: Catalogue, question: str, title: str
) -> None:
    assert titles(foreign, *content_words(question))[:1] == [title]


@pytest.mark.parametrize("name", ["Moller", "møller", "小明", "王小明"])
def test_names_of_any_script_and_without_accents_match(foreign: Catalogue, name: str) -> None:
    assert len(foreign.words.match_metadata(name, 10)) == 1


def test_words_of_a_changed_paper_in_another_script_no_longer_match(foreign: Catalogue) -> None:
    [paper, *_] = foreign.papers()
    store(foreign, replace(paper, abstract="Glass."))
    assert titles(foreign, *content_words("三种")) == []
    assert titles(foreign, "glass") == [paper.title]
    foreign.remove([paper.id])
    assert titles(foreign, *content_words("电池")) == []


def test_papers_of_an_older_catalogue_are_found_in_their_script(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with closing(Catalogue(path)) as catalogue:
        store(catalogue, Paper(title="电池材料", abstract="很好。"))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE papers SET title_searched = NULL, abstract_searched = NULL")
    with closing(Catalogue(path)) as catalogue:
        assert titles(catalogue, "电池") == []
        catalogue.add_missing_search_texts()
        assert titles(catalogue, "电池") == ["电池材料"]
