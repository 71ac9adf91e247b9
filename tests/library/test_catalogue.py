"""The catalogue: papers, chunks and the word index in one SQLite file."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from assistant import library
from assistant.errors import LibraryError
from assistant.library import Catalogue, Level
from assistant.papers import Paper
from assistant.text.sentences import Span, sentence_spans
from assistant.text.words import content_words


@pytest.fixture
def catalogue(made_up_papers: list[Paper], tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    store(catalogue, *made_up_papers)
    yield catalogue
    catalogue.close()


def store(catalogue: Catalogue, *papers: Paper) -> None:
    catalogue.store(
        (paper, [("sentence", span) for span in sentence_spans(paper.abstract)]) for paper in papers
    )


def titles(catalogue: Catalogue, *words: str) -> list[str]:
    found = [id_ for id_, _ in catalogue.match_words(words, 10)]
    by_id = {paper.id: paper.title for paper in catalogue.papers()}
    return [by_id[id_] for id_ in found]


# -- papers -----------------------------------------------------------------------------------


def test_papers_come_back_as_they_went_in_and_in_that_order(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    assert catalogue.papers() == made_up_papers
    assert catalogue.count() == len(made_up_papers)


def test_only_the_papers_asked_for_come_back(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    wanted = [made_up_papers[3], made_up_papers[1]]
    ids = [*(paper.id for paper in wanted), "title:unknown"]
    assert catalogue.papers(ids) == [made_up_papers[1], made_up_papers[3]]
    assert catalogue.papers([]) == []


def test_more_ids_can_be_asked_for_than_sqlite_has_variables(catalogue: Catalogue) -> None:
    ids = [f"title:{number}" for number in range(40_000)]
    assert catalogue.papers(ids) == []
    assert catalogue.chunks_of(ids) == []


def test_storing_again_changes_nothing(catalogue: Catalogue, made_up_papers: list[Paper]) -> None:
    before = catalogue.fingerprint()
    store(catalogue, *made_up_papers)
    assert catalogue.papers() == made_up_papers
    assert catalogue.fingerprint() == before


def test_a_changed_paper_is_an_update_and_keeps_its_place(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    changed = replace(made_up_papers[1], abstract="Parrots cannot count.")
    before = catalogue.fingerprint()
    store(catalogue, changed)
    assert catalogue.papers()[1] == changed
    assert catalogue.count() == 5
    assert catalogue.fingerprint() != before


def test_the_fingerprint_does_not_depend_on_the_order_of_adding(
    catalogue: Catalogue, made_up_papers: list[Paper], tmp_path: Path
) -> None:
    other = Catalogue(tmp_path / "other.sqlite")
    store(other, *reversed(made_up_papers))
    assert other.fingerprint() == catalogue.fingerprint()
    other.close()


def test_the_fingerprint_shows_what_was_written_elsewhere(
    catalogue: Catalogue, made_up_papers: list[Paper], tmp_path: Path
) -> None:
    before = catalogue.fingerprint()
    elsewhere = Catalogue(tmp_path / "catalogue.sqlite")
    store(elsewhere, replace(made_up_papers[1], abstract="Parrots cannot count."))
    elsewhere.close()
    assert catalogue.fingerprint() != before


def test_an_error_after_which_sqlite_has_rolled_back_itself_is_told(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    def failing() -> Iterator[tuple[Paper, list[tuple[Level, Span]]]]:
        yield Paper(title="Snail Mail", abstract="Snails carry letters."), []
        catalogue.rows("ROLLBACK")  # as SQLite does by itself
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        catalogue.store(failing())
    assert catalogue.papers() == made_up_papers
    catalogue.set_meta("after", "works")
    assert catalogue.meta("after") == "works"


def test_storing_is_all_or_nothing(catalogue: Catalogue, made_up_papers: list[Paper]) -> None:
    def papers_until_an_error() -> Iterator[tuple[Paper, list[tuple[Level, Span]]]]:
        yield Paper(title="A new one", abstract="It mentions zebras."), []
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalogue.store(papers_until_an_error())
    assert catalogue.papers() == made_up_papers
    assert titles(catalogue, "zebras") == []


# -- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["glaciers", "glacier", "Glacier", "melting", "melts"])
def test_words_match_by_their_stem(catalogue: Catalogue, word: str) -> None:
    assert titles(catalogue, word) == ["Glacier Melt Seen from Balloons"]


def test_a_word_in_the_title_counts_more(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    store(
        catalogue,
        Paper(title="Slow walks home", abstract="A snail goes by."),
        Paper(title="A snail", abstract="Slow walks go by home."),
    )
    assert titles(catalogue, "snail") == ["A snail", "Slow walks home"]
    catalogue.close()


def test_rare_words_count_more_and_any_word_suffices(catalogue: Catalogue) -> None:
    assert titles(catalogue, "toaster", "unheard")[0] == "Bread Dough as a Neural Network"


def test_at_most_so_many_papers_match(catalogue: Catalogue) -> None:
    assert len(catalogue.match_words(["we", "the"], 2)) == 2


def test_the_papers_with_a_word_are_counted_whatever_its_ending(catalogue: Catalogue) -> None:
    assert catalogue.count_with_word("parrot") == 1
    assert catalogue.count_with_word("months") == 0
    assert catalogue.count_with_word('"') == 0


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
def test_operators_of_the_word_index_are_harmless(catalogue: Catalogue, question: str) -> None:
    catalogue.match_words(content_words(question), 5)
    catalogue.match_words(question.split(), 5)


@given(question=st.text())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_can_be_looked_up(catalogue: Catalogue, question: str) -> None:
    for id_, score in catalogue.match_words(content_words(question), 5):
        assert catalogue.papers([id_])
        assert score >= 0


# -- chunks and vectors -----------------------------------------------------------------------


def test_chunks_know_their_text(catalogue: Catalogue, made_up_papers: list[Paper]) -> None:
    trams = made_up_papers[3]
    assert [chunk.text for chunk in catalogue.chunks_of([trams.id], "sentence")] == [
        "Rubber wheels and soft curves make trams 9 decibels quieter.",
        "Residents of Graz slept 21 minutes longer after the change.",
    ]
    assert catalogue.chunks_of([trams.id], "abstract") == []


def test_the_vectors_of_updated_and_removed_papers_become_stale(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    assert catalogue.stale_vectors() == []
    first, second = made_up_papers[:2]
    catalogue.store([(paper, [("chunk", Span(0, 10))]) for paper in (first, second)])
    gone = catalogue.chunks_of([first.id, second.id])
    catalogue.remove([first.id])
    store(catalogue, second)
    assert {id_ for id_, _ in catalogue.stale_vectors()} == {chunk.id for chunk in gone}
    catalogue.forget_stale(chunk.id for chunk in gone)
    assert catalogue.stale_vectors() == []


def test_a_chunk_id_is_never_used_twice(catalogue: Catalogue, made_up_papers: list[Paper]) -> None:
    last = made_up_papers[-1]
    before = {chunk.id for chunk in catalogue.chunks_of([last.id])}
    catalogue.remove([last.id])
    store(catalogue, last)
    assert before.isdisjoint(chunk.id for chunk in catalogue.chunks_of([last.id]))


def test_the_vectors_of_sentences_are_kept_and_go_with_them(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    first, second = made_up_papers[0], made_up_papers[3]
    sentences = catalogue.chunks_of([first.id, second.id], "sentence")
    vectors = np.random.default_rng(1).normal(size=(len(sentences), 8)).astype(np.float32)
    catalogue.store_sentence_vectors(
        {chunk.id: vector for chunk, vector in zip(sentences, vectors, strict=True)}
    )
    ids = [chunk.id for chunk in sentences]
    found = catalogue.sentence_vectors([*ids, 999])
    assert list(found) == ids
    assert np.stack(list(found.values())) == pytest.approx(vectors, abs=0.002)
    catalogue.remove([first.id])
    left = {chunk.id for chunk in sentences if chunk.paper.id == second.id}
    assert set(catalogue.sentence_vectors(ids)) == left


def test_papers_are_to_be_indexed_until_they_are_noted(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    first, *rest = (paper.id for paper in made_up_papers)
    assert catalogue.count_to_index() == 5
    catalogue.mark_indexed([first])
    assert catalogue.papers_to_index(3) == rest[:3]
    store(catalogue, made_up_papers[0])
    assert catalogue.count_to_index() == 5


# -- the file ---------------------------------------------------------------------------------


def test_a_file_of_another_kind_is_no_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    file.write_text("A diary. " * 1000, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"cannot be opened .*restore this one from a backup"):
        Catalogue(file)


def test_a_catalogue_of_the_first_version_is_brought_up_to_date(
    tmp_path: Path, made_up_papers: list[Paper]
) -> None:
    file = tmp_path / "catalogue.sqlite"
    first = Path(library.catalogue.__file__).with_name("catalogue-1.sql")
    db = sqlite3.connect(file)
    db.executescript(first.read_text(encoding="utf-8"))
    db.execute(
        "INSERT INTO papers (id, title, abstract, authors, source, content_hash, indexed) "
        "VALUES ('arxiv:1', 'Snails', 'They are slow.', '[]', 'a.bib', 'x', 1)"
    )
    db.commit()
    db.close()
    catalogue = Catalogue(file)
    assert [paper.title for paper in catalogue.papers()] == ["Snails"]
    # The vectors of its sentences are still to be made.
    assert catalogue.papers_to_index(3) == ["arxiv:1"]
    catalogue.close()
    again = Catalogue(file)
    again.mark_indexed(["arxiv:1"])
    again.close()
    assert Catalogue(file).count_to_index() == 0


def test_a_catalogue_of_a_newer_version_asks_for_an_update(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    Catalogue(file).close()
    db = sqlite3.connect(file)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LibraryError, match="Update the assistant"):
        Catalogue(file)
