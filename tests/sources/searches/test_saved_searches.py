"""Saved searches, and notes of searches that were cut, in the library's folder."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError, LibraryError
from assistant.sources import (
    ARXIV,
    HUGGING_FACE,
    SavedSearch,
    Search,
    find_saved,
    note_run,
    remove_search,
    save_search,
    saved_searches,
)
from assistant.sources.searches.checkpoint import Unfinished

SNAILS = Search(ARXIV, "cat:cs.CL AND snail mail", 100)
DAY_S = 24 * 60 * 60


def test_a_search_is_kept_under_the_words_of_its_query(tmp_path: Path) -> None:
    saved = save_search(tmp_path, SNAILS)
    assert saved == SavedSearch("cat-cs-cl-and-snail-mail", SNAILS)
    assert saved_searches(tmp_path) == (saved,)


def test_searches_keep_their_order_and_may_have_names(tmp_path: Path) -> None:
    save_search(tmp_path, SNAILS, "snails")
    save_search(tmp_path, Search(HUGGING_FACE, "slugs", 20), "a slug")
    assert [one.name for one in saved_searches(tmp_path)] == ["snails", "a slug"]


def test_two_queries_of_the_same_words_get_different_names(tmp_path: Path) -> None:
    save_search(tmp_path, Search(ARXIV, "snail mail", 100))
    saved = save_search(tmp_path, Search(ARXIV, "snail-mail", 100))
    assert saved.name == "snail-mail-2"


def test_a_name_belongs_to_one_search(tmp_path: Path) -> None:
    save_search(tmp_path, SNAILS, "snails")
    with pytest.raises(InputError, match="--name"):
        save_search(tmp_path, Search(ARXIV, "slugs", 100), "snails")
    with pytest.raises(InputError, match="saved already, as snails"):
        save_search(tmp_path, SNAILS, "more")
    assert len(saved_searches(tmp_path)) == 1


def test_a_removed_search_is_gone(tmp_path: Path) -> None:
    save_search(tmp_path, SNAILS, "snails")
    remove_search(tmp_path, "snails")
    assert saved_searches(tmp_path) == ()


def test_the_names_there_are_stand_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="assistant watch add"):
        find_saved(tmp_path, [])
    save_search(tmp_path, SNAILS, "snails")
    with pytest.raises(InputError, match="only snails"):
        remove_search(tmp_path, "slugs")


def test_a_run_is_noted(tmp_path: Path) -> None:
    save_search(tmp_path, SNAILS, "snails")
    note_run(tmp_path, "snails")
    (saved,) = saved_searches(tmp_path)
    assert saved.last_run is not None
    assert saved.last_run.tzinfo is not None


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "[]",
        '{"snails": 7}',
        '{"snails": {}}',
        '{"snails": {"source": "moon", "query": "q", "limit": 1}}',
        '{"snails": {"source": "arxiv", "query": "q", "limit": "many"}}',
        '{"snails": {"source": "arxiv", "query": "q", "limit": 1, "last_run": "soon"}}',
    ],
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "saved-searches.json"
    path.write_text(damaged)
    with pytest.raises(LibraryError, match="Correct or delete it"):
        save_search(tmp_path, SNAILS)
    assert path.read_text() == damaged


@given(
    note=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    )
)
def test_whatever_the_file_holds_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, note: object
) -> None:
    folder = tmp_path_factory.mktemp("library")
    (folder / "saved-searches.json").write_text(json.dumps({"snails": note}))
    with pytest.raises(LibraryError):
        saved_searches(folder)


@pytest.mark.parametrize(("query", "limit"), [("", 10), (" ", 10), ("snails", 0), ("snails", -1)])
def test_a_search_that_finds_nothing_is_told(query: str, limit: int) -> None:
    with pytest.raises(InputError):
        Search(ARXIV, query, limit)


def test_a_cut_search_goes_on_within_a_day(tmp_path: Path) -> None:
    Unfinished(tmp_path, SNAILS, now=lambda: 1000.0).note(200)
    assert Unfinished(tmp_path, SNAILS, now=lambda: 1000.0 + DAY_S - 1).results_added() == 200
    assert Unfinished(tmp_path, SNAILS, now=lambda: 1000.0 + DAY_S).results_added() == 0


def test_another_limit_or_spacing_is_the_same_search_and_another_query_is_not(
    tmp_path: Path,
) -> None:
    Unfinished(tmp_path, SNAILS).note(200)
    same = Search(ARXIV, " cat:cs.CL  AND snail mail", 500)
    assert Unfinished(tmp_path, same).results_added() == 200
    assert Unfinished(tmp_path, Search(ARXIV, "slugs", 100)).results_added() == 0
    assert Unfinished(tmp_path, Search(HUGGING_FACE, SNAILS.query, 100)).results_added() == 0


def test_a_search_that_is_done_is_forgotten(tmp_path: Path) -> None:
    unfinished = Unfinished(tmp_path, SNAILS)
    unfinished.note(200)
    unfinished.forget()
    assert unfinished.results_added() == 0


@pytest.mark.parametrize("note", [{}, {"results": "x", "at_s": 1}, {"results": 7, "at_s": None}])
def test_a_note_that_says_nothing_starts_the_search_anew(tmp_path: Path, note: object) -> None:
    unfinished = Unfinished(tmp_path, SNAILS)
    unfinished.note(200)
    path = tmp_path / "unfinished-searches.json"
    path.write_text(json.dumps(dict.fromkeys(json.loads(path.read_text()), note)))
    assert unfinished.results_added() == 0
